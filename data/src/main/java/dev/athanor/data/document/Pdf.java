package dev.athanor.data.document;

import dev.athanor.data.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.InflaterInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/// The text that a PDF writes on its pages, in the order in which it does. Scripts, forms and attachments are
/// not looked at; a page that is a picture of text has none.
public record Pdf() implements Document {
    private static final int MOST_PAGES = 10_000;

    /// One page's instructions, unpacked; a page of dense text has some 20 kB.
    private static final long MOST_PAGE_BYTES = 64L << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Its warnings are about how the file is made, not about what is read.
    private static final Logger WARNINGS = Logger.getLogger("org.apache.pdfbox");

    private static final Logger FONT_WARNINGS = Logger.getLogger("org.apache.fontbox");

    static {
        WARNINGS.setLevel(Level.OFF);
        FONT_WARNINGS.setLevel(Level.OFF);
    }

    /// Says that a limit is met, through a reader that knows only of such.
    private static final class Enough extends IOException {
        private static final long serialVersionUID = 1;

        Enough(String what) {
            super(what);
        }
    }

    @Override
    public String text(byte[] bytes) throws Unusable {
        // readers of PDF pass over what stands in front of it, up to a kilobyte
        if (!new String(bytes, 0, Math.min(bytes.length, 1024), StandardCharsets.ISO_8859_1).contains("%PDF")) {
            throw new Unusable(
                    "is no PDF: it does not begin with %PDF",
                    "Open it in a PDF program and save it again, or say with --as what it is");
        }
        try (PDDocument document = Loader.loadPDF(bytes)) {
            require(document);
            Limited text = new Limited(System.nanoTime() + PATIENCE.toNanos());
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setLineSeparator("\n");
            stripper.setPageEnd("\n\n"); // a page is a paragraph
            stripper.writeText(document, text);
            return text.text.toString().replaceAll("[ \t]+\n", "\n").strip();
        } catch (InvalidPasswordException locked) {
            throw new Unusable("is locked with a password", "Save it without one, or leave it out", locked);
        } catch (Enough limit) {
            throw new Unusable(limit.getMessage(), "Split it, or leave it out", limit);
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError broken) {
            // its reader was not made for hostile files: what it fails at is that file's fault
            throw new Unusable(
                    "cannot be read as PDF: %s"
                            .formatted(
                                    broken.getMessage() == null
                                            ? broken.getClass().getSimpleName()
                                            : broken.getMessage()),
                    "Open it in a PDF program and save it again, or leave it out",
                    broken);
        }
    }

    private static void require(PDDocument document) throws IOException {
        if (document.getNumberOfPages() > MOST_PAGES) {
            throw new Enough(
                    "has %d pages, and at most %d are read".formatted(document.getNumberOfPages(), MOST_PAGES));
        }
        int number = 0;
        for (PDPage page : document.getPages()) {
            if (++number > MOST_PAGES) {
                throw new Enough("has more than %d pages".formatted(MOST_PAGES));
            }
            long size = 0;
            Iterator<PDStream> streams = page.getContentStreams();
            while (streams.hasNext()) {
                size += unpacked(streams.next(), MOST_PAGE_BYTES - size);
                if (size >= MOST_PAGE_BYTES) {
                    throw new Enough("has a page, number %d, that unfolds to more than %d bytes"
                            .formatted(number, MOST_PAGE_BYTES));
                }
            }
        }
    }

    /// How many bytes a stream unfolds to, as far as a limit.
    private static long unpacked(PDStream stream, long most) throws IOException {
        boolean deflated =
                stream.getFilters().size() > 0 && stream.getFilters().getFirst().equals(COSName.FLATE_DECODE);
        try (InputStream raw = stream.getCOSObject().createRawInputStream();
                InputStream in = deflated ? new InflaterInputStream(raw) : raw) {
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int read = in.read(buffer); read >= 0 && size < most; read = in.read(buffer)) {
                size += read;
            }
            return size;
        }
    }

    private static final class Limited extends Writer {
        private final StringBuilder text = new StringBuilder();
        private final long until;

        Limited(long until) {
            this.until = until;
        }

        @Override
        public void write(char[] characters, int from, int length) throws IOException {
            text.append(characters, from, length);
            if (text.length() > MOST_CHARACTERS) {
                throw new Enough("has more than %d characters".formatted(MOST_CHARACTERS));
            }
            if (System.nanoTime() > until) {
                throw new Enough("takes longer than %d minutes to read".formatted(PATIENCE.toMinutes()));
            }
        }

        @Override
        public void flush() {
            // all is there at once
        }

        @Override
        public void close() {
            // nothing is held open
        }
    }
}
