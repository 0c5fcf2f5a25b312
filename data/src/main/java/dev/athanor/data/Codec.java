package dev.athanor.data;

import java.util.List;

/// How pictures, or sounds, of any format become those of a dataset.
interface Codec {
    Kind kind();

    /// What samples are called when people are told of them, for example `pictures`.
    String things();

    /// Whether a file's name is that of such a thing: only for finding them, what it is its content says.
    boolean isNamed(String path);

    /// The bytes that a dataset keeps of a file's bytes.
    ///
    /// @throws Unusable for what cannot be read
    byte[] convert(byte[] file) throws Unusable;

    /// The end of the name of a file with converted bytes, for example `png`.
    String extension();

    /// What people should know of all that was converted, as sentences.
    List<String> notes();
}
