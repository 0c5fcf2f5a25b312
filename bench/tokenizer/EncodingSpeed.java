import dev.athanor.data.text.BytePairTokenizer;
import dev.athanor.data.text.Tokenizer;
import dev.athanor.data.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Times our byte-pair encoding on one thread.
///
/// `EncodingSpeed train <text> <tokenizer.json>` learns 4096 tokens from a text; `EncodingSpeed <tokenizer.json>
/// <text>...` prints for each text its name, MB/s of the fastest of some passes, the number of ids and a checksum.
public final class EncodingSpeed {

    private static final int PASSES = 5;
    /// Passes not counted, in which the virtual machine compiles; a process that trains a model makes far more.
    private static final int WARM_UP = 15;
    private static final int PIECE = 4096; // code points in one text that is encoded, as in peer.py

    void main(String[] arguments) throws IOException {
        if (arguments[0].equals("train")) {
            long start = System.nanoTime();
            List<String> texts = pieces(Files.readString(Path.of(arguments[1])));
            BytePairTokenizer trained = BytePairTokenizer.train(texts.iterator(), 4096);
            trained.write(Path.of(arguments[2]));
            IO.println("%s: %d tokens learnt in %.1f s"
                    .formatted(Path.of(arguments[1]).getFileName(), trained.size(), (System.nanoTime() - start) / 1e9));
            return;
        }
        Tokenizer tokenizer = Tokenizers.read(Path.of(arguments[0]));
        for (int i = 1; i < arguments.length; i++) {
            time(tokenizer, Path.of(arguments[i]));
        }
    }

    private static void time(Tokenizer tokenizer, Path file) throws IOException {
        List<String> texts = pieces(Files.readString(file));
        long best = Long.MAX_VALUE;
        int[][] encoded = new int[texts.size()][];
        for (int pass = 0; pass < WARM_UP + PASSES; pass++) {
            long start = System.nanoTime();
            for (int i = 0; i < encoded.length; i++) {
                encoded[i] = tokenizer.encode(texts.get(i));
            }
            best = pass < WARM_UP ? best : Math.min(best, System.nanoTime() - start);
        }
        int checksum = 0;
        int count = 0;
        for (int[] ids : encoded) {
            count += ids.length;
            for (int id : ids) {
                checksum = 31 * checksum + id;
            }
        }
        double speed = Files.size(file) * 1e3 / best; // MB/s
        IO.println("%s %s %d %s"
                .formatted(
                        file.getFileName(),
                        String.format(Locale.ROOT, "%.2f", speed),
                        count,
                        Integer.toUnsignedString(checksum)));
    }

    private static List<String> pieces(String text) {
        int[] codePoints = text.codePoints().toArray();
        List<String> pieces = new ArrayList<>();
        for (int start = 0; start < codePoints.length; start += PIECE) {
            pieces.add(new String(codePoints, start, Math.min(PIECE, codePoints.length - start)));
        }
        return pieces;
    }
}
