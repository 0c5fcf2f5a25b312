package dev.athanor.train.cpu;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;
import java.util.Arrays;

/// Causal self-attention of one layer with rotary positions (Vaswani et al. 2017, equation 1; Su et al. 2021,
/// equation 34),
/// and its gradient. Rows of queries are taken in blocks, and each block is multiplied with the keys up to its
/// end only.
///
/// Letters: B rows, T time, M = B·T, C width, H query heads, K key-value heads, D = C/H, Q = C + 2·K·D.
final class CausalAttention {
    /// Queries of a block: less saves more of what causality masks, more makes larger products (measured for T
    /// 64 and 128, November 2026).
    private static final int BLOCK = 32;

    private final int heads;
    private final int keyValueHeads;
    private final int headWidth;
    private final double theta;
    private final int width; // Q
    private float[] cosines = {}; // (T, D/2)
    private float[] sines = {}; // (T, D/2)
    private float[] source = {}; // (M, Q), queries and keys turned
    private float[] shares = {}; // (B, H, T, T)
    private float[] mixed = {}; // (M, C)
    private float[] dShares = {}; // (BLOCK, T)

    CausalAttention(int heads, int keyValueHeads, int headWidth, double theta) {
        this.heads = heads;
        this.keyValueHeads = keyValueHeads;
        this.headWidth = headWidth;
        this.theta = theta;
        this.width = (heads + 2 * keyValueHeads) * headWidth;
    }

    /// @param qkv (M, Q): queries, keys, values; queries and keys are turned in place, and must stay until the
    ///     way back
    /// @return (M, C)
    float[] forward(float[] qkv, int rows, int columns) {
        source = qkv;
        turnTable(columns);
        shares = Buffers.atLeast(shares, rows * heads * columns * columns);
        mixed = Buffers.atLeast(mixed, rows * columns * heads * headWidth);
        for (int token = 0; token < rows * columns; token++) {
            turn(qkv, token, token % columns, 1);
        }
        float scale = (float) (1 / Math.sqrt(headWidth));
        for (int row = 0; row < rows; row++) {
            for (int head = 0; head < heads; head++) {
                for (int from = 0; from < columns; from += BLOCK) {
                    Block block = new Block(row, head, from, Math.min(columns, from + BLOCK), columns);
                    View attended = attended(block);
                    Blas.set(attended, query(qkv, block), key(qkv, block).turned());
                    for (int t = from; t < block.end(); t++) {
                        Pointwise.softmax(shares, attended.at() + (t - from) * columns, t + 1, block.end(), scale);
                    }
                    Blas.set(heads(mixed, block), attended, value(qkv, block));
                }
            }
        }
        return mixed;
    }

    /// @param dMixed (M, C)
    /// @param dQkv (M, Q), set to the gradient of what [#forward] took, before it was turned
    void backward(float[] dMixed, float[] dQkv, int rows, int columns) {
        Arrays.fill(dQkv, 0, rows * columns * width, 0);
        dShares = Buffers.atLeast(dShares, BLOCK * columns);
        float scale = (float) (1 / Math.sqrt(headWidth));
        for (int row = 0; row < rows; row++) {
            for (int head = 0; head < heads; head++) {
                for (int from = 0; from < columns; from += BLOCK) {
                    Block block = new Block(row, head, from, Math.min(columns, from + BLOCK), columns);
                    View attended = attended(block);
                    View dMix = heads(dMixed, block);
                    View dAttended = View.of(dShares, 0, block.size(), block.end(), columns);
                    Blas.add(value(dQkv, block), attended.turned(), dMix);
                    Blas.set(dAttended, dMix, value(source, block).turned());
                    for (int i = 0; i < block.size(); i++) {
                        scores(attended.at() + i * columns, i * columns, block.end(), scale);
                    }
                    Blas.set(query(dQkv, block), dAttended, key(source, block));
                    Blas.add(key(dQkv, block), dAttended.turned(), query(source, block));
                }
            }
        }
        for (int token = 0; token < rows * columns; token++) {
            turn(dQkv, token, token % columns, -1);
        }
    }

    /// The gradient of scores from that of shares p: p · (dp − p·dp) · scale.
    private void scores(int at, int into, int count, float scale) {
        float[] p = shares;
        float[] dp = dShares;
        float mean = Pointwise.dot(p, at, dp, into, count);
        for (int i = 0; i < count; i++) {
            dp[into + i] = p[at + i] * (dp[into + i] - mean) * scale;
        }
    }

    /// Queries `from` to before `end` of one head in one row.
    private record Block(int row, int head, int from, int end, int columns) {
        int size() {
            return end - from;
        }
    }

    private View attended(Block block) { // (block, end)
        int at = ((block.row() * heads + block.head()) * block.columns() + block.from()) * block.columns();
        return View.of(shares, at, block.size(), block.end(), block.columns());
    }

    private View query(float[] qkv, Block block) { // (block, D)
        int at = (block.row() * block.columns() + block.from()) * width + block.head() * headWidth;
        return View.of(qkv, at, block.size(), headWidth, width);
    }

    private View key(float[] qkv, Block block) { // (end, D)
        return shared(qkv, block, heads);
    }

    private View value(float[] qkv, Block block) { // (end, D)
        return shared(qkv, block, heads + keyValueHeads);
    }

    private View shared(float[] qkv, Block block, int before) {
        int head = before + block.head() / (heads / keyValueHeads);
        int at = block.row() * block.columns() * width + head * headWidth;
        return View.of(qkv, at, block.end(), headWidth, width);
    }

    private View heads(float[] values, Block block) { // (block, D) of (M, C)
        int C = heads * headWidth;
        int at = (block.row() * block.columns() + block.from()) * C + block.head() * headWidth;
        return View.of(values, at, block.size(), headWidth, C);
    }

    /// Angle of position t in pair d: t · theta^(−2d/D), as in `torch.Attention`.
    private void turnTable(int columns) {
        int half = headWidth / 2;
        if (cosines.length >= columns * half) {
            return;
        }
        cosines = new float[columns * half];
        sines = new float[columns * half];
        for (int t = 0; t < columns; t++) {
            for (int d = 0; d < half; d++) {
                double angle = t * Math.pow(theta, -2.0 * d / headWidth);
                cosines[t * half + d] = (float) Math.cos(angle);
                sines[t * half + d] = (float) Math.sin(angle);
            }
        }
    }

    /// Turns number d of each query and key together with number d + D/2; `direction` −1 turns back.
    private void turn(float[] qkv, int token, int t, int direction) {
        int half = headWidth / 2;
        for (int head = 0; head < heads + keyValueHeads; head++) {
            int a = token * width + head * headWidth;
            int b = a + half;
            for (int d = 0; d < half; d++) {
                float cosine = cosines[t * half + d];
                float sine = sines[t * half + d] * direction;
                float x = qkv[a + d];
                float y = qkv[b + d];
                qkv[a + d] = x * cosine - y * sine;
                qkv[b + d] = y * cosine + x * sine;
            }
        }
    }
}
