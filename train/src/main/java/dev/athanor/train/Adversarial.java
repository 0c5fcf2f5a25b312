package dev.athanor.train;

import dev.athanor.model.Given;
import dev.athanor.model.ImageGan;
import java.util.Collection;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// One step of two networks against each other, of both at once from one pass through each.
///
/// The losses are those of R3GAN (Huang et al. 2024, section 2), where d is the score of a real
/// picture less that of a made one: the discriminator makes softplus(−d) small and the generator softplus(d),
/// and the slopes of the score at real and at made pictures cost (R1 and R2).
///
/// A slope is measured by a step into a random direction (Lin et al. 2025, section 3.4), so that nothing is
/// derived twice, and at some of the pictures only: its expectation is the same, and a step costs two thirds.
///
/// The generator needs no pass of its own through the discriminator. That one takes each picture for itself,
/// so what a score's gradient g leaves at its picture is g times the same thing, whatever g is; the
/// discriminator's gradient arrives there with the g of its own loss and goes on to the generator with that of
/// the other: times −σ(d)/g.
record Adversarial(Learner.Subject<ImageBatch> subject, Recipe recipe) implements Learner<ImageBatch> {

    /// σ of the steps by which slopes are measured, in units of pictures from -1 to 1 (Lin et al. 2025,
    /// section 3.4).
    static final double PROBE = 0.01;

    /// The share of pictures at which slopes are measured.
    static final int EVERY = 4;

    /// No gradient of a score is smaller, since the other network's is had from it by dividing.
    static final double SMALLEST = 1e-12;

    /// What a step is made of.
    ///
    /// @param real (B, channels, height, width)
    /// @param latent (B, Z), random
    /// @param directions (2P, channels, height, width), standard normal: of P slopes at real, then P at made
    ///     pictures
    /// @param weight of the slopes, γ
    record Play(Tensor real, Tensor latent, Given given, Tensor directions, double weight) {}

    @Override
    public Step step(List<ImageBatch> batches, Moment moment) {
        subject.parameters().zeroGradients();
        double loss = 0;
        long pictures = 0;
        for (ImageBatch batch : batches) {
            loss += gradients(model(), play(batch)) / batches.size();
            pictures += batch.rows();
        }
        if (batches.size() > 1) {
            subject.parameters().gradients().div_(new Scalar((double) batches.size()));
        }
        double clip = recipe.training().clip();
        double norm = Math.hypot(
                clip(model().generatorTensors().values(), clip),
                clip(model().discriminatorTensors().values(), clip));
        Step step = new Step(loss, norm, pictures);
        if (step.isFinite()) {
            subject.optimizer().step(moment.rate());
            Learner.average(subject, recipe.training(), moment.number());
        }
        return step;
    }

    private ImageGan model() {
        return (ImageGan) subject.model();
    }

    private Play play(ImageBatch batch) {
        org.bytedeco.pytorch.Device device = subject.parameters().values().device();
        Tensor real = ImageObjective.pictures(batch, device);
        long probed = Math.ceilDiv(batch.rows(), EVERY);
        Tensor some = real.narrow(0, 0, probed);
        return new Play(
                real,
                torch.randn(new long[] {batch.rows(), model().config().latent()}, real.options()),
                ImageObjective.given(batch, recipe.image().unguided(), device),
                torch.randn_like(torch.cat(new TensorVector(some, some))),
                recipe.training().penalty());
    }

    /// Adds both networks' gradients to what stands in their weights.
    ///
    /// Legend: d = D(x) − D(G(z)), B pictures, P of them probed; gradient = ∂(the discriminator's
    /// loss)/∂scores.
    ///
    /// @return the discriminator's pairing loss
    static double gradients(ImageGan model, Play play) {
        long B = play.real().size(0);
        long P = play.directions().size(0) / 2;
        // 1. One pass through each network.
        Tensor made = model.generate(play.latent(), play.given());
        Tensor leaf = made.detach().requires_grad_(true);
        Tensor scores = model.score(all(play, leaf, P), repeated(play.given(), P)); // (2B + 2P)
        // 2. What the discriminator's loss is to each score.
        Tensor gradient = torch.zeros_like(scores);
        Tensor toGenerator;
        double loss;
        try (NoGradGuard _ = new NoGradGuard()) {
            Tensor d = scores.narrow(0, 0, B).sub(scores.narrow(0, B, B)); // (B)
            Tensor push = d.neg().sigmoid().div(new Scalar((double) B)); // −∂ mean softplus(−d) / ∂d
            gradient.narrow(0, 0, B).sub_(push);
            gradient.narrow(0, B, B).add_(push);
            for (long part = 0; part < 2; part++) { // slopes at real pictures, at made ones
                Tensor still = gradient.narrow(0, part * B, P);
                Tensor moved = gradient.narrow(0, 2 * B + part * P, P);
                Tensor step = scores.narrow(0, 2 * B + part * P, P).sub(scores.narrow(0, part * B, P));
                Tensor pull = step.mul(new Scalar(play.weight() / (PROBE * PROBE * P)));
                moved.add_(pull);
                still.sub_(pull);
            }
            Tensor ofMade = gradient.narrow(0, B, B);
            ofMade.copy_(torch.where(
                    ofMade.abs().lt(new Scalar(SMALLEST)), torch.full_like(ofMade, new Scalar(SMALLEST)), ofMade));
            toGenerator = d.sigmoid().div(new Scalar(-(double) B)).div(ofMade); // −σ(d)/B : g
            loss = torch.softplus(d.neg()).mean().item_float();
        }
        // 3. Into the discriminator's weights and the made pictures, and from there into the generator's.
        backward(scores, gradient);
        backward(made, leaf.grad().mul(toGenerator.view(B, 1, 1, 1)));
        return loss;
    }

    /// Real pictures, made ones, and P of each moved into their directions.
    private static Tensor all(Play play, Tensor made, long P) {
        Tensor some = torch.cat(
                new TensorVector(play.real().narrow(0, 0, P), made.detach().narrow(0, 0, P)));
        Tensor moved = some.add(play.directions().mul(new Scalar(PROBE)));
        return torch.cat(new TensorVector(play.real(), made, moved));
    }

    private static Given repeated(Given given, long P) {
        return new Given(repeated(given.labels(), P), repeated(given.captions(), P));
    }

    private static Tensor repeated(Tensor numbers, long P) {
        Tensor some = numbers.narrow(0, 0, P);
        return torch.cat(new TensorVector(numbers, numbers, some, some));
    }

    private static void backward(Tensor of, Tensor gradient) {
        of.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
    }

    /// Scales the gradient of one network to a norm of at most `limit`: when the discriminator is startled the
    /// generator goes on.
    ///
    /// @return the norm before
    private static double clip(Collection<Tensor> network, double limit) {
        try (NoGradGuard _ = new NoGradGuard()) {
            TensorVector norms = new TensorVector();
            network.forEach(weight -> norms.push_back(weight.grad().norm()));
            double norm = torch.stack(norms).norm().item_float();
            if (norm > limit) {
                network.forEach(weight -> weight.grad().mul_(new Scalar(limit / norm)));
            }
            return norm;
        }
    }

    @Override
    public void publish() {}

    @Override
    public void take() {}

    @Override
    public void close() {}
}
