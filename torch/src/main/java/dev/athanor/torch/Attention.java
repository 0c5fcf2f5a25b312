package dev.athanor.torch;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Causal self-attention with rotary positions.
///
/// Letters: B batch, T time, H query heads, K key-value heads, D width of a head.
public final class Attention {
    private Attention() {}

    /// The angles of rotary positions (Su et al. 2021, equation 15), in the half-rotated layout of Llama:
    /// number d of a head is turned together with number d + D/2.
    ///
    /// @param cosine (T, D)
    /// @param sine (T, D)
    public record Rotary(Tensor cosine, Tensor sine) {}

    /// Angle of position t in pair d: t · theta^(−2d/D).
    public static Rotary rotary(int length, int headWidth, double theta, Device device) {
        float[] cosine = new float[length * headWidth];
        float[] sine = new float[length * headWidth];
        int half = headWidth / 2;
        for (int t = 0; t < length; t++) {
            for (int d = 0; d < half; d++) {
                double angle = t * Math.pow(theta, -2.0 * d / headWidth);
                int at = t * headWidth + d;
                cosine[at] = cosine[at + half] = (float) Math.cos(angle);
                sine[at] = sine[at + half] = (float) Math.sin(angle);
            }
        }
        return new Rotary(
                Tensors.of(cosine, length, headWidth).to(device, torch.ScalarType.Float),
                Tensors.of(sine, length, headWidth).to(device, torch.ScalarType.Float));
    }

    /// Each token attends to itself and those before it.
    ///
    /// @param queryKeyValue (B, T, (H + 2K)·D): all queries, then all keys, then all values
    /// @return (B, T, H·D)
    public static Tensor causal(Tensor queryKeyValue, int heads, int keyValueHeads, Rotary rotary) {
        long B = queryKeyValue.size(0);
        long T = queryKeyValue.size(1);
        long D = queryKeyValue.size(2) / (heads + 2L * keyValueHeads);
        Tensor split = queryKeyValue.view(B, T, heads + 2L * keyValueHeads, D).transpose(1, 2); // (B, H + 2K, T, D)
        Tensor turned = turn(split.narrow(1, 0, heads + keyValueHeads), rotary); // queries and keys at once
        Tensor query = turned.narrow(1, 0, heads);
        Tensor key = turned.narrow(1, heads, keyValueHeads);
        Tensor value = split.narrow(1, heads + keyValueHeads, keyValueHeads);
        Tensor mixed = torch.scaled_dot_product_attention(
                query, key, value, new TensorOptional(), 0.0, true, new DoubleOptional(), heads != keyValueHeads);
        return mixed.transpose(1, 2).reshape(B, T, heads * D);
    }

    /// Each of N places attends to all M places: query (B, H, N, D), key and value (B, H, M, D).
    ///
    /// @param seen (B, 1, 1, M), true where a place may be looked at
    /// @return (B, H, N, D)
    public static Tensor full(Tensor query, Tensor key, Tensor value, TensorOptional seen) {
        return torch.scaled_dot_product_attention(query, key, value, seen, 0.0, false, new DoubleOptional(), false);
    }

    /// x · cos + rotate(x) · sin, where rotate swaps the halves and negates the second: (B, ·, T, D).
    private static Tensor turn(Tensor x, Rotary rotary) {
        TensorVector halves = x.chunk(2, -1);
        Tensor rotated = torch.cat(new TensorVector(halves.get(1).neg(), halves.get(0)), -1);
        return x.mul(rotary.cosine()).add(rotated.mul(rotary.sine()));
    }
}
