package dev.athanor.scale;

/// Where Flink runs.
public sealed interface Cluster {

    /// In this program, for as long as the work takes.
    ///
    /// @param slots how many pieces of work go on at once
    record Embedded(int slots) implements Cluster {
        public Embedded {
            if (slots < 1) {
                throw new IllegalArgumentException("%d slots: expected 1 or more".formatted(slots));
            }
        }
    }

    /// A session cluster that is there, by the address of its REST interface.
    record Session(String host, int port) implements Cluster {
        private static final int LAST_PORT = 65_535;

        /// Reads `HOST:PORT`.
        ///
        /// @throws IllegalArgumentException for anything else
        public static Session parse(String address) {
            int colon = address.lastIndexOf(':');
            String port = address.substring(colon + 1);
            boolean complete = colon > 0 && port.matches("\\d{1,5}");
            String host = complete ? address.substring(0, colon) : "";
            boolean plain = host.matches("[\\p{L}\\p{N}._-]+|\\[[0-9a-fA-F:.]+]");
            if (!complete || !plain || Integer.parseInt(port) < 1 || Integer.parseInt(port) > LAST_PORT) {
                throw new IllegalArgumentException(
                        "the cluster \"%s\": expected HOST:PORT, the address of the REST interface of a Flink cluster, for example flink.example.org:8081"
                                .formatted(address));
            }
            return new Session(host, Integer.parseInt(port));
        }

        /// `host:port`.
        public String address() {
            return host + ":" + port;
        }
    }
}
