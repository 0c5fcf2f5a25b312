package dev.athanor.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a file is by its first bytes, whatever its name ends in.
///
/// @param first those bytes, a character each
/// @param what it is
/// @param remedy how it is read
record Signature(String first, String what, String remedy) {
    private static final List<Signature> KNOWN = List.of(
            new Signature("PAR1", "Parquet", "Read it with --as parquet"),
            new Signature("PK\3\4", "a zip or an Office file", "Call it .zip, .xlsx or .docx, which it is"),
            new Signature("\u001f\u008b", "packed with gzip", "Call it .gz, or unpack it"),
            new Signature("%PDF", "a PDF", "Read it with --as pdf"),
            new Signature(
                    "\u00d0\u00cf\u0011\u00e0",
                    "an old or locked Office file",
                    "Open it in an office program and save it as .xlsx or .docx without a password"),
            new Signature("SQLite format 3", "a database of SQLite", "Write the table that is meant as CSV"));

    static Optional<Signature> of(byte[] head) {
        String text = new String(head, 0, Math.min(head.length, 16), StandardCharsets.ISO_8859_1);
        return KNOWN.stream().filter(known -> text.startsWith(known.first())).findFirst();
    }
}
