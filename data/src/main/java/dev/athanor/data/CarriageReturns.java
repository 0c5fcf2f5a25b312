package dev.athanor.data;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/// Reads a text whose lines end with carriage returns alone, as old Macs and some instruments write them.
final class CarriageReturns extends FilterReader {
    private CarriageReturns(Reader in) {
        super(in);
    }

    /// @param head how the text begins; where lines end otherwise in it, the reader stays as it is
    static Reader asLines(Reader in, byte... head) {
        boolean returns = false;
        for (int i = 0; i < head.length; i++) {
            if (head[i] == '\n') {
                return in;
            }
            returns |= head[i] == '\r' && i < head.length - 2; // behind the last one the line may go on ending
        }
        return returns ? new CarriageReturns(in) : in;
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        return c == '\r' ? '\n' : c;
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        for (int i = from; i < from + read; i++) {
            into[i] = into[i] == '\r' ? '\n' : into[i];
        }
        return read;
    }
}
