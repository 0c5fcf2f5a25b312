package dev.athanor.scale;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// The jars that workers need: `data`, this module and their libraries. They travel with each job, so that
/// nothing of ours has to be installed on a cluster.
final class Shipped {
    /// What workers have already, and what they have no use for: libtorch is half a gigabyte.
    private static final List<String> LEFT_OUT = List.of(
            "flink-",
            "slf4j-",
            "commons-",
            "kryo-",
            "reflectasm-",
            "objenesis-",
            "minlog-",
            "RoaringBitmap-",
            "javassist-",
            "snappy-java-",
            "lz4-java-",
            "async-profiler-",
            "jsr305-",
            "pytorch-",
            "openblas-",
            "mkl-",
            "cuda-",
            "javacpp-",
            "picocli-",
            "junit-",
            "athanor-torch-",
            "athanor-model-",
            "athanor-train-",
            "athanor-generate-",
            "athanor-evaluate-",
            "athanor-cli-");

    /// What a folder of classes must hold to be sent: a class path may name any folder, `.` for example.
    private static final List<String> OURS = List.of("dev/athanor/data", "dev/athanor/scale");

    private Shipped() {}

    /// Those of a class path.
    ///
    /// @param folder where folders of classes are made into jars
    static String[] jars(String classPath, Path folder) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            if (Files.isRegularFile(path) && isNeeded(path.getFileName().toString())) {
                jars.add(path.toString());
            } else if (OURS.stream().anyMatch(ours -> Files.isDirectory(path.resolve(ours)))) {
                jars.add(packed(path, folder.resolve("classes-%d.jar".formatted(jars.size())))
                        .toString());
            }
        }
        return jars.toArray(String[]::new);
    }

    private static boolean isNeeded(String jar) {
        return LEFT_OUT.stream().noneMatch(jar::startsWith);
    }

    private static Path packed(Path classes, Path jar) throws IOException {
        if (Files.notExists(jar)) {
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(file);
                    Stream<Path> paths = Files.walk(classes)) {
                for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                    out.putNextEntry(
                            new JarEntry(classes.relativize(path).toString().replace(File.separatorChar, '/')));
                    Files.copy(path, out);
                    out.closeEntry();
                }
            }
        }
        return jar;
    }
}
