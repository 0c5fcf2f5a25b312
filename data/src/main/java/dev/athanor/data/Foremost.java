package dev.athanor.data;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The first few of many in an order, to be shown; memory holds no more of them.
final class Foremost<T> {
    private static final int MOST = 20;

    private final Comparator<T> order;
    private final PriorityQueue<T> kept;

    Foremost(Comparator<T> order) {
        this.order = order;
        this.kept = new PriorityQueue<>(order.reversed());
    }

    void add(T one) {
        kept.add(one);
        if (kept.size() > MOST) {
            kept.remove();
        }
    }

    /// The first comes first.
    List<T> inOrder() {
        return kept.stream().sorted(order).toList();
    }
}
