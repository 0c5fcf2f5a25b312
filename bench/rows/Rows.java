import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// `Rows FILE COUNT` writes a csv with lines of six words, seeded; each tenth repeats one of the lines before it word for word, each
/// twentieth with another word at its end.
public final class Rows {
    private static final int VOCABULARY = 20_000;
    private static final int WORDS = 6;

    void main(String[] arguments) throws IOException {
        long count = Long.parseLong(arguments[1]);
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(arguments[0]))) {
            out.write("text\n");
            for (long row = 0; row < count; row++) {
                SplittableRandom choice = new SplittableRandom(row);
                boolean equal = row > 0 && row % 10 == 9;
                boolean similar = row > 0 && row % 20 == 4;
                long like = equal || similar ? choice.nextLong(row) : row;
                String line = line(like);
                out.write(similar ? line + " again" : line);
                out.write('\n');
            }
        }
    }

    private static String line(long row) {
        SplittableRandom random = new SplittableRandom(~row);
        StringBuilder line = new StringBuilder();
        for (int word = 0; word < WORDS; word++) {
            line.append(word == 0 ? "" : " ").append(Integer.toString(100_000 + random.nextInt(VOCABULARY), 36));
        }
        return line.toString();
    }
}
