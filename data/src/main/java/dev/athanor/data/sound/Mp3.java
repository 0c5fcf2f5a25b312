package dev.athanor.data.sound;

import dev.athanor.data.Unusable;
import java.io.ByteArrayInputStream;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.BitstreamException;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.DecoderException;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.SampleBuffer;

/// Reads MP3 through JLayer.
final class Mp3 {
    /// The library lays full scale here instead of at 32768, to keep a little room.
    private static final float FULL_SCALE = 32700;

    private Mp3() {}

    static Recording read(byte[] bytes) throws Unusable {
        Mp3Frames frames = Mp3Frames.of(bytes);
        Mono mono = new Mono(frames.shape());
        Bitstream in = new Bitstream(new ByteArrayInputStream(bytes, frames.from(), frames.to() - frames.from()));
        try {
            Decoder decoder = new Decoder();
            for (Header header = in.readFrame(); header != null; header = in.readFrame()) {
                SampleBuffer samples = (SampleBuffer) decoder.decodeFrame(header, in);
                for (int i = 0; i < samples.getBufferLength(); i++) {
                    mono.add(samples.getBuffer()[i] / FULL_SCALE);
                }
                in.closeFrame();
            }
        } catch (BitstreamException | DecoderException | RuntimeException tripped) {
            // The library meets damage inside of a frame with an index out of bounds, among others.
            throw Broken.damagedBehind(mono.count(), tripped);
        }
        int from = Math.min(frames.skip(), mono.count());
        int to = Math.max(from, (int) Math.min(mono.count(), frames.shape().frames() - frames.pad()));
        return Recording.of(
                mono.sound(from, to), SoundFormat.MP3, frames.shape().channels(), "MPEG layer III");
    }
}
