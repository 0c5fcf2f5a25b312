/// Sounds as numbers. In: the bytes of a WAV, FLAC, MP3 or Ogg Vorbis file. Out: [Sound], which open first, its
/// spectrograms, and WAV or FLAC bytes again; [SoundReader] reads, [Wav] and [Flac] write. Nothing here knows
/// datasets, tensors or models.
package dev.athanor.data.sound;
