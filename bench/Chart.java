import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `Chart SCALE MEASURED CHART.svg ONE` draws lines `ROWS PROCESSORS COMMAND SECONDS ...`: seconds over rows; dashed on one of the processors
/// `0` or `0,1`, which `ONE` names. SCALE is `log`, where what grows as the rows do is a line at 45 degrees, or `linear`, where a cost
/// that every run has is told from what each row costs.
public final class Chart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 500;
    private static final int TOP = 40;
    private static final int BOTTOM = 360;
    private static final int LABEL = 15;
    private static final int TICK = 20;
    private static final Map<String, String> COLOURS =
            Map.of("import", "#2f6f8f", "clean", "#b3541e", "dedup", "#4c7a34");

    private record Point(long rows, double seconds) {}

    private double span(double value, double least, double most) {
        return logarithmic
                ? (Math.log(value) - Math.log(least)) / (Math.log(most) - Math.log(least))
                : (value - least) / (most - least);
    }

    private boolean logarithmic;
    private double leastRows = Double.MAX_VALUE;
    private double mostRows;
    private double leastSeconds = Double.MAX_VALUE;
    private double mostSeconds;

    void main(String[] arguments) throws IOException {
        logarithmic = arguments[0].equals("log");
        Map<String, List<Point>> lines = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            String[] parts = line.split(" ");
            if (parts.length >= 4 && parts[0].matches("\\d+")) {
                Point point = new Point(Long.parseLong(parts[0]), Double.parseDouble(parts[3]));
                lines.computeIfAbsent(parts[2] + " " + parts[1].split(",").length, _ -> new ArrayList<>())
                        .add(point);
                leastRows = Math.min(leastRows, point.rows());
                mostRows = Math.max(mostRows, point.rows());
                leastSeconds = Math.min(leastSeconds, point.seconds());
                mostSeconds = Math.max(mostSeconds, point.seconds());
            }
        }
        if (logarithmic) {
            leastSeconds = Math.pow(10, Math.floor(Math.log10(leastSeconds)));
            mostSeconds = Math.pow(10, Math.ceil(Math.log10(mostSeconds)));
        } else {
            leastRows = 0;
            leastSeconds = 0;
            mostSeconds = TICK * Math.ceil(mostSeconds / TICK);
        }
        Files.writeString(Path.of(arguments[2]), svg(lines, arguments[3]));
    }

    private double x(double rows) {
        return LEFT + span(rows, leastRows, mostRows) * (RIGHT - LEFT);
    }

    private double y(double seconds) {
        return BOTTOM - span(seconds, leastSeconds, mostSeconds) * (BOTTOM - TOP);
    }

    private String svg(Map<String, List<Point>> lines, String one) {
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n<text x=\"%d\" y=\"24\">seconds</text>%n<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">rows</text>%n"
                        .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT, LEFT, (LEFT + RIGHT) / 2, BOTTOM + 44));
        for (double seconds = leastSeconds;
                seconds <= mostSeconds * 1.01;
                seconds = logarithmic ? seconds * 10 : seconds + TICK) {
            svg.append(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,d</text>%n"
                            .formatted(
                                    LEFT, RIGHT, y(seconds), y(seconds), LEFT - 8, y(seconds) + 4, Math.round(seconds)));
        }
        lines.values().stream()
                .flatMap(List::stream)
                .map(Point::rows)
                .distinct()
                .forEach(rows -> svg.append("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s million</text>%n"
                        .formatted(x(rows), BOTTOM + 20, String.valueOf(rows / 1e6).replaceFirst("\\.0$", ""))));
        svg.append("<text x=\"%d\" y=\"24\" text-anchor=\"end\" fill=\"#777777\">dashed: %s</text>%n"
                .formatted(RIGHT, one));
        if (logarithmic) {
            svg.append(asTheRows());
        }
        lines.forEach((name, points) -> svg.append(line(name, points)));
        double taken = BOTTOM + LABEL; // labels from the lowest up, none over another
        List<Map.Entry<String, List<Point>>> rising = new ArrayList<>(lines.entrySet());
        rising.removeIf(line -> line.getKey().endsWith(" 1"));
        rising.sort(Comparator.comparingDouble(line -> line.getValue().getLast().seconds()));
        for (Map.Entry<String, List<Point>> line : rising) {
            taken = Math.min(y(line.getValue().getLast().seconds()) + 4, taken - LABEL);
            svg.append(label(line.getKey(), taken));
        }
        return svg.append("</svg>\n").toString();
    }

    private String asTheRows() {
        double begin = leastSeconds * 3;
        return "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#aaaaaa\" stroke-dasharray=\"2 4\"/>%n<text x=\"%.1f\" y=\"%.1f\" fill=\"#777777\">as the rows</text>%n"
                        .formatted(
                                x(leastRows),
                                y(begin),
                                x(mostRows),
                                y(begin * mostRows / leastRows),
                                x(leastRows) + 20,
                                y(begin) + 4);
    }

    private String line(String name, List<Point> points) {
        String[] parts = name.split(" ");
        String colour = COLOURS.getOrDefault(parts[0], "#555555");
        StringBuilder places = new StringBuilder();
        points.forEach(point -> places.append(
                String.format(Locale.ROOT, "%.1f,%.1f ", x(point.rows()), y(point.seconds()))));
        return "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>%n"
                .formatted(
                        places.toString().strip(),
                        colour,
                        parts[1].equals("1") ? " stroke-dasharray=\"6 4\"" : "");
    }

    private String label(String name, double y) {
        String command = name.split(" ")[0];
        return "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>%n"
                .formatted(x(mostRows) + 6, y, COLOURS.getOrDefault(command, "#555555"), command);
    }
}
