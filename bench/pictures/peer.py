"""The same work in PyTorch: prints pictures a second and, for training, how many parameters learn.

    python peer.py train RECIPE eager|channels-last|compile STEPS
    DIFFUSERS=PATH/TO/diffusers/src python peer.py sample eager|channels-last|compile ROUNDS

RECIPE is image-diffusion, image-vae or one of three ways to train the networks of image-gan:
    image-gan          our own arithmetic: one pass through each network for both losses, slopes by small steps at a quarter
    image-gan-passes   the same losses, each with a pass of its own, as one would write them down
    image-gan-r3gan    the losses as R3GAN has them: slopes at all pictures, by a gradient of the gradient

`sample` is the loop of diffusers' DDIMScheduler, ten steps, around the same U-Net.

The networks are those that our own tests take their reference values from: same form, same numbers. What is compiled is
compiled before the first step that counts.
"""

import os
import pathlib
import statistics
import sys
import time

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "model/src/test/resources/dev/athanor/model"))
from gan import ImageGan  # noqa: E402
from unet import UNet  # noqa: E402
from vae import ImageVae  # noqa: E402

GREY = {"channels": 1, "patch": 2, "blocks": 1, "classes": [10]}
SIZE = {"height": 28, "width_": 28}
UNGUIDED, CLIP = 0.1, 1.0


class Diffusion:
    batch, rate, betas, decay = 128, 2e-3, (0.9, 0.99), 0.01

    def __init__(self, compiled):
        self.model = UNet(width=48, levels=[1, 2], **GREY)
        self.clipped = [list(self.model.parameters())]
        self.clip = CLIP
        self.run = compiled(self.model)

    def gradients(self, x, labels):
        noise = torch.randn_like(x)
        times = torch.randn(len(x)).sigmoid()
        velocity = noise - x
        loss = F.mse_loss(self.run(x + velocity * times[:, None, None, None], times, labels), velocity)
        loss.backward()
        return loss


class Vae:
    batch, rate, betas, decay = 128, 2e-3, (0.9, 0.99), 0.01
    FREE_BITS, WARM_UP, NUMBERS, ROUNDING = 0.05, 500, 784, (2 / 255) ** 2 / 12

    def __init__(self, compiled):
        self.model = ImageVae(width=48, levels=[1, 2], latent=64, **SIZE, **GREY)
        self.clipped = [list(self.model.parameters())]
        self.clip = CLIP
        self.run = compiled(self.loss)
        self.step = 0

    def loss(self, x, labels, weight):
        mean, log_variance = self.model.encode(x, labels)
        z = mean + (0.5 * log_variance).exp() * torch.randn_like(mean)
        error = F.mse_loss(self.model.decode(z, labels), x)
        variance = error + self.ROUNDING
        likelihood = 0.5 * ((2 * torch.pi * variance).log() + error / variance)
        divergence = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)
        return likelihood + divergence.mean(0).clamp(min=self.FREE_BITS).sum() * (weight / self.NUMBERS)

    def gradients(self, x, labels):
        self.step += 1
        loss = self.run(x, labels, torch.tensor(min(1, self.step / self.WARM_UP)))
        loss.backward()
        return loss


class Gan:
    batch, rate, betas, decay = 64, 1e-3, (0.0, 0.99), 0.0
    LATENT, PROBE, EVERY, PENALTY = 64, 0.01, 4, 1

    def __init__(self, compiled):
        self.model = ImageGan(width=32, levels=[1, 3], latent=self.LATENT, **SIZE, **GREY)
        networks = self.model.generator, self.model.discriminator
        self.clipped = [list(network.parameters()) for network in networks]
        self.clip = 10.0
        self.generate, self.score = map(compiled, networks)

    def moved(self, some):
        return some + self.PROBE * torch.randn_like(some)


class SharedPass(Gan):
    def gradients(self, x, labels):
        B, P = len(x), len(x) // self.EVERY
        made = self.generate(torch.randn(B, self.LATENT), labels)
        leaf = made.detach().requires_grad_()
        moved = self.moved(torch.cat([x[:P], leaf.detach()[:P]]))
        scores = self.score(torch.cat([x, leaf, moved]), torch.cat([labels, labels, labels[:P], labels[:P]]))
        with torch.no_grad():
            real, fake, moved_real, moved_fake = scores.split([B, B, P, P])
            d = real - fake
            push = torch.sigmoid(-d) / B
            pull = self.PENALTY / (self.PROBE**2 * P)
            at_real, at_fake = pull * (moved_real - real[:P]), pull * (moved_fake - fake[:P])
            of_real, of_fake = -push, push.clone()
            of_real[:P] -= at_real
            of_fake[:P] -= at_fake
            of_fake = torch.where(of_fake.abs() < 1e-12, 1e-12, of_fake)
            to_generator = torch.sigmoid(d) / -B / of_fake
            loss = F.softplus(-d).mean()
        scores.backward(torch.cat([of_real, of_fake, at_real, at_fake]))
        made.backward(leaf.grad * to_generator[:, None, None, None])
        return loss


class OwnPasses(Gan):
    def gradients(self, x, labels):
        P = len(x) // self.EVERY
        made = self.generate(torch.randn(len(x), self.LATENT), labels)
        some = torch.cat([x[:P], made.detach()[:P]])
        scores = self.score(
            torch.cat([x, made.detach(), self.moved(some)]), torch.cat([labels, labels, labels[:P], labels[:P]]))
        real, fake, moved_real, moved_fake = scores.split([len(x), len(x), P, P])
        loss = F.softplus(fake - real).mean()
        slopes = ((moved_real - real[:P]) / self.PROBE).square().mean()
        slopes = slopes + ((moved_fake - fake[:P]) / self.PROBE).square().mean()
        (loss + self.PENALTY / 2 * slopes).backward()
        self.teach_generator(made, labels, real.detach())
        return loss

    def teach_generator(self, made, labels, real):
        self.model.discriminator.requires_grad_(False)
        F.softplus(real - self.score(made, labels)).mean().backward()
        self.model.discriminator.requires_grad_(True)


class R3Gan(OwnPasses):
    def gradients(self, x, labels):
        made = self.generate(torch.randn(len(x), self.LATENT), labels)
        x = x.detach().requires_grad_()
        leaf = made.detach().requires_grad_()
        real, fake = self.score(x, labels), self.score(leaf, labels)
        loss = F.softplus(fake - real).mean()
        slopes = torch.autograd.grad([real.sum(), fake.sum()], [x, leaf], create_graph=True)
        penalty = sum(slope.square().sum([1, 2, 3]).mean() for slope in slopes)
        (loss + self.PENALTY / 2 * penalty).backward()
        self.teach_generator(made, labels, real.detach())
        return loss


TASKS = {
    "image-diffusion": Diffusion, "image-vae": Vae,
    "image-gan": SharedPass, "image-gan-passes": OwnPasses, "image-gan-r3gan": R3Gan,
}


def train(recipe, mode, steps):
    torch.manual_seed(1)
    task = TASKS[recipe](torch.compile if mode == "compile" else lambda part: part)
    model = task.model
    if mode == "channels-last":
        model.to(memory_format=torch.channels_last)
    averaged = [p.detach().clone() for p in model.parameters()]
    matrices = [p for p in model.parameters() if p.dim() >= 2]
    vectors = [p for p in model.parameters() if p.dim() < 2]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": task.decay}, {"params": vectors, "weight_decay": 0.0}],
        lr=task.rate, betas=task.betas, fused=True)
    pictures = torch.rand(1024, 1, 28, 28) * 2 - 1
    labels = torch.randint(1, 11, (1024, 1))

    def step():
        at = torch.randint(0, 1024, (task.batch,))
        x, given = pictures[at], labels[at]
        if mode == "channels-last":
            x = x.to(memory_format=torch.channels_last)
        given = given * (torch.rand(task.batch, 1) >= UNGUIDED).long()
        optimizer.zero_grad(set_to_none=True)
        loss = task.gradients(x, given)
        for some in task.clipped:
            torch.nn.utils.clip_grad_norm_(some, task.clip)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(averaged, [p.detach() for p in model.parameters()], 0.001)
        return loss.item()

    print(f"{task.batch / typical(step, 10, steps):.1f} {sum(p.numel() for p in model.parameters())}")


def typical(work, warm_up, times):
    """The median time of a call, in seconds."""
    for _ in range(warm_up):
        work()
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


def sample(mode, rounds):
    sys.path.insert(0, os.environ["DIFFUSERS"])
    from diffusers.schedulers.scheduling_ddim import DDIMScheduler

    torch.manual_seed(1)
    model = UNet(width=48, levels=[1, 2], **GREY).eval()
    if mode == "channels-last":
        model = model.to(memory_format=torch.channels_last)
    run = torch.compile(model) if mode == "compile" else model
    scheduler = DDIMScheduler(num_train_timesteps=1000, beta_schedule="squaredcos_cap_v2", clip_sample=False)
    labels = torch.full((64, 1), 4)

    def pictures():
        scheduler.set_timesteps(10)
        for _ in range(4):
            x = torch.randn(64, 1, 28, 28)
            if mode == "channels-last":
                x = x.to(memory_format=torch.channels_last)
            for t in scheduler.timesteps:
                noise = run(x, torch.full((64,), t / 1000), labels)
                x = scheduler.step(noise, t, x).prev_sample
            ((x + 1) * 127.5).clamp(0, 255).byte().numpy()

    with torch.no_grad():
        print(f"{256 / typical(pictures, 1, rounds):.1f}")


if __name__ == "__main__":
    if sys.argv[1] == "train":
        train(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        sample(sys.argv[2], int(sys.argv[3]))
