package dev.athanor.torch.cpu;

import dev.athanor.torch.Blas;
import dev.athanor.torch.Blas.View;

/// Attention of every place of a picture to all of them (Vaswani et al. 2017, equation 1), and its gradient.
///
/// Letters: N pictures, P places, C channels, H heads, D = C/H.
public final class Look {
    private final int channels;
    private final int heads;
    private float[] source = {}; // (N, P, 3C)
    private float[] shares = {}; // (N, H, P, P)
    private float[] dShares = {}; // (P, P)
    private float[] keys = {}; // (D, P), turned: a product whose factors both stand as they are is the fastest
    private int places;

    public Look(int channels, int heads) {
        this.channels = channels;
        this.heads = heads;
    }

    /// @param queryKeyValue (N, P, 3C), which must stay as it is until the way back
    /// @param mixed (N, P, C), set
    public void forward(float[] queryKeyValue, float[] mixed, int pictures, int places) {
        this.source = queryKeyValue;
        this.places = places;
        if (shares.length < pictures * heads * places * places) {
            shares = new float[pictures * heads * places * places];
        }
        float scale = scale();
        for (int picture = 0; picture < pictures; picture++) {
            for (int head = 0; head < heads; head++) {
                View attended = attended(picture, head);
                Blas.set(
                        attended,
                        part(source, picture, head, 0),
                        part(source, picture, head, 1).turned());
                for (int place = 0; place < places; place++) {
                    softmax(shares, attended.at() + place * places, places, scale);
                }
                Blas.set(whole(mixed, picture, head), attended, part(source, picture, head, 2));
            }
        }
    }

    private void turn(View key) {
        for (int place = 0; place < key.rows(); place++) {
            int from = key.at() + place * key.stride();
            for (int i = 0; i < key.columns(); i++) {
                keys[i * places + place] = source[from + i];
            }
        }
    }

    /// @param dMixed (N, P, C)
    /// @param dSource (N, P, 3C), set to the gradient of what [#forward] took
    public void backward(float[] dMixed, float[] dSource, int pictures) {
        if (dShares.length < places * places) {
            dShares = new float[places * places];
        }
        float scale = scale();
        View dAttended = View.of(dShares, 0, places, places);
        for (int picture = 0; picture < pictures; picture++) {
            for (int head = 0; head < heads; head++) {
                View attended = attended(picture, head);
                View dMix = whole(dMixed, picture, head);
                Blas.set(part(dSource, picture, head, 2), attended.turned(), dMix);
                Blas.set(dAttended, dMix, part(source, picture, head, 2).turned());
                for (int place = 0; place < places; place++) {
                    scores(attended.at() + place * places, place * places, scale);
                }
                Blas.set(part(dSource, picture, head, 0), dAttended, part(source, picture, head, 1));
                Blas.set(part(dSource, picture, head, 1), dAttended.turned(), part(source, picture, head, 0));
            }
        }
    }

    private float scale() {
        return (float) (1 / Math.sqrt((double) channels / heads));
    }

    /// The gradient of scores from that of shares p: p · (dp − p·dp) · scale.
    private void scores(int at, int into, float scale) {
        double along = 0;
        for (int i = 0; i < places; i++) {
            along += shares[at + i] * dShares[into + i];
        }
        float mean = (float) along;
        for (int i = 0; i < places; i++) {
            dShares[into + i] = shares[at + i] * (dShares[into + i] - mean) * scale;
        }
    }

    private static void softmax(float[] scores, int at, int count, float scale) {
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = at; i < at + count; i++) {
            highest = Math.max(highest, scores[i]);
        }
        double sum = 0;
        for (int i = at; i < at + count; i++) {
            scores[i] = (float) Math.exp((scores[i] - highest) * scale);
            sum += scores[i];
        }
        float factor = (float) (1 / sum);
        for (int i = at; i < at + count; i++) {
            scores[i] *= factor;
        }
    }

    private View attended(int picture, int head) { // (P, P)
        return View.of(shares, (picture * heads + head) * places * places, places, places);
    }

    /// Queries, keys or values of one head, (P, D).
    private View part(float[] values, int picture, int head, int part) {
        int D = channels / heads;
        return View.of(values, picture * places * 3 * channels + part * channels + head * D, places, D, 3 * channels);
    }

    private View whole(float[] values, int picture, int head) { // (P, D)
        int D = channels / heads;
        return View.of(values, picture * places * channels + head * D, places, D, channels);
    }
}
