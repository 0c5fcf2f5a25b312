package dev.athanor.generate;

import dev.athanor.model.Transformer;
import java.util.Arrays;

/// Keys and values of the tokens so far, by layer and key-value head. Keys stand by head dimension, so that the
/// scores of all tokens are one sum of rows; values stand by token, so that their mixture is one too.
final class KeyValueMemory {
    private final int context;
    private final int size;
    final float[][][][] keys; // (layer, G, D, capacity)
    final float[][][][] values; // (layer, G, capacity, D)
    private int capacity;
    int length;

    KeyValueMemory(Transformer.Config shape) {
        context = shape.context();
        size = shape.headWidth();
        keys = new float[shape.layers()][shape.keyValueHeads()][size][0];
        values = new float[shape.layers()][shape.keyValueHeads()][0][];
    }

    KeyValueMemory(KeyValueMemory from) {
        context = from.context;
        size = from.size;
        length = from.length;
        capacity = from.capacity;
        keys = new float[from.keys.length][from.keys[0].length][size][];
        values = new float[from.keys.length][from.keys[0].length][][];
        for (int layer = 0; layer < keys.length; layer++) {
            for (int g = 0; g < keys[layer].length; g++) {
                for (int d = 0; d < size; d++) {
                    keys[layer][g][d] = from.keys[layer][g][d].clone();
                }
                values[layer][g] = new float[capacity][];
                for (int t = 0; t < capacity; t++) {
                    values[layer][g][t] = t < length ? from.values[layer][g][t].clone() : new float[size];
                }
            }
        }
    }

    /// Makes room for a sequence of `wanted` tokens; room doubles up to the context.
    void reserve(int wanted) {
        if (wanted <= capacity) {
            return;
        }
        int grown = Math.min(context, Math.max(wanted, Math.max(64, capacity * 2)));
        for (int layer = 0; layer < keys.length; layer++) {
            for (int g = 0; g < keys[layer].length; g++) {
                for (int d = 0; d < size; d++) {
                    keys[layer][g][d] = Arrays.copyOf(keys[layer][g][d], grown);
                }
                values[layer][g] = Arrays.copyOf(values[layer][g], grown);
                for (int t = capacity; t < grown; t++) {
                    values[layer][g][t] = new float[size];
                }
            }
        }
        capacity = grown;
    }
}
