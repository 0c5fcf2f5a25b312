package dev.athanor.evaluate;

/// Squared Euclidean distances from one point to each of a set. They are sums of squared differences in
/// double precision, not the usual expansion with a product of matrices: equal points are at exactly 0.
final class SquaredDistances {
    private static final int TILE = 256; // points whose sums stay in the nearest cache

    private final int count;
    private final int width;
    private final float[][] tiles;

    SquaredDistances(float[][] points) {
        count = points.length;
        width = points[0].length;
        tiles = new float[(count + TILE - 1) / TILE][];
        for (int t = 0; t < tiles.length; t++) {
            tiles[t] = transposed(points, t * TILE, Math.min(TILE, count - t * TILE));
        }
    }

    /// Points side by side, so that one instruction takes several of them.
    private static float[] transposed(float[][] points, int from, int size) {
        int width = points[0].length;
        float[] tile = new float[width * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < width; j++) {
                tile[j * size + i] = points[from + i][j];
            }
        }
        return tile;
    }

    int count() {
        return count;
    }

    /// Fills `distances`, one for each point of the set.
    void from(float[] point, double[] distances) {
        for (int t = 0; t < tiles.length; t++) {
            int points = Math.min(TILE, count - t * TILE);
            double[] sums = new double[points];
            for (int j = 0; j < width; j++) {
                addSquares(point[j], tiles[t], j * points, sums);
            }
            System.arraycopy(sums, 0, distances, t * TILE, points);
        }
    }

    private static void addSquares(double coordinate, float[] tile, int at, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            double apart = coordinate - tile[at + i];
            sums[i] += apart * apart;
        }
    }
}
