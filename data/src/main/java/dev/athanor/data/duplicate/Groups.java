package dev.athanor.data.duplicate;

/// Which rows belong together (Galler and Fischer 1964, union and find, with paths halved on the way). The
/// first row of a group stands for it.
public final class Groups {
    private final int[] above;

    /// @param rows each in a group of its own
    public Groups(int rows) {
        above = new int[rows];
        for (int i = 0; i < rows; i++) {
            above[i] = i;
        }
    }

    public int rows() {
        return above.length;
    }

    /// The first row of the group that a row is in.
    public int first(int row) {
        int at = row;
        while (above[at] != at) {
            above[at] = above[above[at]];
            at = above[at];
        }
        return at;
    }

    public void unite(int row, int other) {
        int a = first(row);
        int b = first(other);
        above[Math.max(a, b)] = Math.min(a, b);
    }
}
