package dev.athanor.torch.cpu;

/// What is dropped of a layer: a share of its numbers, while the rest grows to keep the expected sum
/// (Srivastava et al. 2014, section 10). The same key drops the same numbers, so the way back needs no memory
/// of the way there.
public record Dropped(double share, long key) {
    public static final Dropped NOTHING = new Dropped(0, 0);

    /// The same share of another layer.
    public Dropped branch(int number) {
        return new Dropped(share, key + number);
    }

    /// Drops from the numbers of all places.
    public void from(Cells cells) {
        if (share > 0) {
            for (int place = 0; place < cells.places(); place++) {
                drop(cells.values()[place], cells.numbers(), Long.hashCode(key * 1_000_003 + place));
            }
        }
    }

    private void drop(float[] x, int count, int salt) {
        int threshold = (int) (share * Integer.MAX_VALUE);
        float scale = (float) (1 / (1 - share));
        int begin = mixed(salt);
        for (int i = 0; i < count; i++) {
            x[i] = (mixed(begin + i * 0x9E3779B9) & Integer.MAX_VALUE) < threshold ? 0 : x[i] * scale;
        }
    }

    /// The finalizer of MurmurHash3 (Appleby 2011), public domain.
    private static int mixed(int hash) {
        hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
        hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
        return hash ^ hash >>> 16;
    }
}
