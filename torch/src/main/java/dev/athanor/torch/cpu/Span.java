package dev.athanor.torch.cpu;

import java.util.ArrayList;
import java.util.List;

/// Neighbouring outputs in one direction of a picture, computed at once.
///
/// @param from the first output
record Span(int from, Reach reach) {

    /// Spans that cover a side of this length with as few points as there can be: 7 as 4 + 3, 14 as 4 + 4 + 4
    /// + 2.
    static List<Span> cover(int size) {
        List<Span> spans = new ArrayList<>();
        int at = 0;
        while (at < size) {
            int rest = size - at;
            Reach reach = rest == 3 || rest == 5 ? Reach.THREE : rest < 3 ? Reach.TWO : Reach.FOUR;
            spans.add(new Span(at, reach));
            at += reach.outputs();
        }
        return List.copyOf(spans);
    }

    /// The first input.
    int before() {
        return from - 1;
    }
}
