package dev.athanor.model;

import dev.athanor.torch.Attention;
import dev.athanor.torch.Layers;
import dev.athanor.torch.Precision;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Reads a caption in both directions: a small Transformer (Vaswani et al. 2017) that is trained with the model
/// that it tells what to make.
///
/// Letters: B batch, L tokens of a caption, D width, V vocabulary.
final class CaptionEncoder {
    private static final int LAYERS = 2;
    private static final int HEAD = 32; // width of a head

    /// What is known of captions.
    ///
    /// @param states (B, L, D), one for each token
    /// @param summary (B, D), their mean; 0 where there is no caption
    /// @param seen (B, 1, 1, L), true where a token stands
    record Read(Tensor states, Tensor summary, Tensor seen) {}

    private record Layer(Affine queryKeyValue, Affine mixed, Affine gateAndUp, Affine down, Tensor[] norms) {}

    private final int width;
    private final Tensor embedding; // (V, D)
    private final Tensor places; // (L, D)
    private final List<Layer> layers = new ArrayList<>();
    private final Tensor norm; // (D)

    CaptionEncoder(WeightTable table, CaptionShape captions, int width) {
        this.width = width;
        String name = "caption.";
        embedding = table.add(
                name + "embed.weight", torch.randn(captions.vocabulary(), width).mul_(new Scalar(0.02)));
        places = table.add(
                name + "places.weight", torch.randn(captions.length(), width).mul_(new Scalar(0.02)));
        for (int number = 0; number < LAYERS; number++) {
            String layer = name + number + ".";
            layers.add(new Layer(
                    Affine.of(table, layer + "query_key_value", width, 3 * width),
                    Affine.of(table, layer + "mixed", width, width),
                    Affine.of(table, layer + "gate_and_up", width, 4 * width),
                    Affine.of(table, layer + "down", 2 * width, width),
                    new Tensor[] {table.ones(layer + "norm1.weight", width), table.ones(layer + "norm2.weight", width)
                    }));
        }
        norm = table.ones(name + "norm.weight", width);
    }

    static long parameters(CaptionShape captions, int width) {
        long layer = Affine.parameters(width, 3 * width)
                + Affine.parameters(width, width)
                + Affine.parameters(width, 4 * width)
                + Affine.parameters(2 * width, width)
                + 2L * width;
        return (long) (captions.vocabulary() + captions.length()) * width + LAYERS * layer + width;
    }

    /// @param tokens (B, L) of int64; 0 behind the caption's end
    Read read(Tensor tokens, Precision products) {
        Tensor seen = tokens.ne(new Scalar(0)); // (B, L)
        Tensor weights = seen.to(torch.ScalarType.Float).unsqueeze(-1); // (B, L, 1)
        // An empty caption looks at its first place, so that no softmax is over nothing; its summary is 0 all the same.
        Tensor looked = seen.clone();
        looked.narrow(1, 0, 1).fill_(new Scalar(1));
        Tensor mask = looked.unsqueeze(1).unsqueeze(1); // (B, 1, 1, L)
        Tensor x = Layers.embedding(tokens, embedding).add(places); // (B, L, D)
        for (Layer layer : layers) {
            x = x.add(attend(Layers.rmsNorm(x, layer.norms()[0], 1e-5), layer, mask, products));
            Tensor wide = layer.gateAndUp().apply(Layers.rmsNorm(x, layer.norms()[1], 1e-5), products);
            x = x.add(layer.down().apply(Layers.swiGlu(wide), products));
        }
        Tensor states = Layers.rmsNorm(x, norm, 1e-5).mul(weights);
        Tensor summary = states.sum(1).div(weights.sum(1).clamp_min(new Scalar(1)));
        return new Read(states, summary, seen.unsqueeze(1).unsqueeze(1));
    }

    private Tensor attend(Tensor x, Layer layer, Tensor mask, Precision products) {
        long B = x.size(0);
        long L = x.size(1);
        TensorVector parts = layer.queryKeyValue()
                .apply(x, products)
                .view(B, L, 3L * width / HEAD, HEAD)
                .transpose(1, 2)
                .chunk(3, 1); // 3 × (B, D / head, L, head)
        Tensor mixed = Attention.full(parts.get(0), parts.get(1), parts.get(2), new TensorOptional(mask));
        return layer.mixed().apply(mixed.transpose(1, 2).reshape(B, L, width), products);
    }

    /// Widths that fit: a multiple of a head's.
    static int fitting(int width) {
        return Math.max(HEAD, width / HEAD * HEAD);
    }
}
