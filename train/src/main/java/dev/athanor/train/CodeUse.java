package dev.athanor.train;

import dev.athanor.model.CodeGrid;
import dev.athanor.model.SoundCodec;
import dev.athanor.torch.Tensors;
import java.util.BitSet;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.node.ObjectNode;

/// What a codec's codes are worth on sounds that it has not learnt from.
///
/// @param error mean absolute error of the spectrograms that come back, where silence is -1 and the loudest place 1
/// @param used codes that occur
/// @param all codes that there are
record CodeUse(double error, int used, int all) {

    static CodeUse of(SoundCodec model, List<ImageBatch> batches, Device device) {
        CodeGrid grid = model.config().coding().grid();
        BitSet seen = new BitSet();
        double error = 0;
        long rows = 0;
        model.eval();
        for (ImageBatch batch : batches) {
            try (PointerScope _ = new PointerScope();
                    NoGradGuard _ = new NoGradGuard()) {
                Tensor x = ImageObjective.pictures(batch, device).squeeze(1);
                Tensor places = model.encode(x);
                error += batch.rows() * torch.l1_loss(model.decode(places), x).item_float();
                for (float code : Tensors.floats(grid.codes(places))) {
                    seen.set((int) code);
                }
                rows += batch.rows();
            }
        }
        return new CodeUse(rows == 0 ? Double.NaN : error / rows, seen.cardinality(), grid.codes());
    }

    void write(ObjectNode metrics) {
        if (used > 0) {
            metrics.put("reconstructionError", error);
            metrics.put("codesUsed", used);
            metrics.put("codes", all);
        }
    }
}
