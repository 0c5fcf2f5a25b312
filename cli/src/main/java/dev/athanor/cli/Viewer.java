package dev.athanor.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// Opens files with what the desktop has for them.
final class Viewer {
    private Viewer() {}

    static void open(Terminal terminal, Path file) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String opener = system.contains("mac") ? "open" : system.contains("windows") ? "explorer.exe" : "xdg-open";
        try {
            new ProcessBuilder(opener, file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException absent) {
            terminal.note("%s is not there to open it with (%s): open %s yourself"
                    .formatted(opener, absent.getMessage(), file));
        }
    }
}
