package dev.athanor.data.document;

import dev.athanor.data.Unusable;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The parts of an Office Open XML file (ECMA-376): a zip of XML. Parts are read one after the other, each
/// unfolded only as far as a limit; what XML could bring along from elsewhere is not fetched.
final class OfficeFile {
    /// Sheets of equal rows are packed to a hundredth.
    private static final long MOST_RATIO = 400;

    private static final long FREE_BYTES = 16L << 20;
    private static final byte[] ZIP = {'P', 'K'};
    private static final byte[] OLD = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};

    private final byte[] bytes;
    private long left;

    /// Says that a limit is met, through readers that know only of such.
    static final class Unfolds extends IOException {
        private static final long serialVersionUID = 1;

        Unfolds() {
            super("it unfolds beyond belief");
        }
    }

    /// Takes the events of one part.
    @FunctionalInterface
    interface Part {
        void read(XMLStreamReader xml) throws XMLStreamException, Unusable;
    }

    OfficeFile(byte[] bytes) throws Unusable {
        this.bytes = bytes;
        this.left = FREE_BYTES + MOST_RATIO * bytes.length;
        if (begins(OLD)) {
            throw new Unusable(
                    "is in the old format of Office, or locked with a password",
                    "Open it in an office program and save it as .docx or .xlsx without a password");
        }
    }

    private boolean begins(byte... first) {
        return bytes.length > first.length && Arrays.equals(bytes, 0, first.length, first, 0, first.length);
    }

    /// Whether it is a zip, as all of them are.
    boolean isZip() {
        return begins(ZIP);
    }

    byte[] bytes() {
        return bytes;
    }

    /// Reads the parts that are asked for, in the order of the file.
    ///
    /// @throws Unusable where the file is broken or beyond belief
    void read(Map<String, Part> parts) throws Unusable {
        Map<String, Part> wanted = new HashMap<>(parts);
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                InputStream in = new Counted(zip);
                Part part = wanted.remove(entry.getName());
                if (part != null) {
                    XMLStreamReader xml = factory().createXMLStreamReader(in);
                    part.read(xml);
                }
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
        } catch (Unfolds tooMuch) {
            throw unfolds();
        } catch (IOException | XMLStreamException broken) {
            for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
                if (cause instanceof Unfolds
                        || cause instanceof XMLStreamException stream
                                && stream.getNestedException() instanceof Unfolds) {
                    throw unfolds();
                }
            }
            throw new Unusable(
                    "is broken: " + String.valueOf(broken.getMessage()).replaceAll("\\s+", " "),
                    "Open it in an office program and save it again",
                    broken);
        }
    }

    private static Unusable unfolds() {
        return new Unusable(
                "unfolds to more than %d times its size: it looks like a zip bomb".formatted(MOST_RATIO),
                "Do not trust it; if you do, save it as text with another program");
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            use(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            use(Math.max(0, read));
            return read;
        }

        private void use(int count) throws IOException {
            left -= count;
            if (left < 0) {
                throw new Unfolds();
            }
        }

        @Override
        public void close() {
            // the zip goes on behind this part
        }
    }
}
