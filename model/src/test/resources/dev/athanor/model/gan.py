"""The networks of dev.athanor.model.ImageGan written again in PyTorch, and the two losses that train them, each with a
pass of its own: reference values for its tests.

    pip install torch==2.13.0
    python gan.py > gan.json

Weights follow a formula instead of a file, as in classifier.py, with 0.25 for 0.1.
"""

import json
import math
import sys

import torch
import torch.nn.functional as F
from torch import nn

from classifier import fill

PROBE = 0.01


def activated(x):
    return F.leaky_relu(x, 0.2)


class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.convolution1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.convolution2 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        return x + self.convolution2(activated(self.convolution1(activated(x))))


class Network(nn.Module):
    def __init__(self, patch, blocks, width, classes):
        super().__init__()
        self.patch, self.blocks = patch, blocks
        self.label = nn.ModuleList([nn.Embedding(values + 1, width) for values in classes])

    def told(self, labels):
        return sum(table(labels[:, field]) for field, table in enumerate(self.label))

    def level(self, number, h):
        for block in range(self.blocks):
            h = self._modules[str(number)][str(block)](h)
        return h


class Generator(Network):
    def __init__(self, folded, bottom, patch, sizes, blocks, latent, classes):
        super().__init__(patch, blocks, latent, classes)
        self.bottom, self.levels = bottom, len(sizes)
        self.latent = nn.Linear(2 * latent, math.prod(bottom))
        for level, C in enumerate(sizes):
            part = nn.ModuleDict({str(number): Block(C) for number in range(blocks)})
            if level > 0:
                part["grow"] = nn.Conv2d(C, 4 * sizes[level - 1], 1)
            self.add_module(str(level), part)
        self.leave = nn.Conv2d(sizes[0], folded, 3, padding=1)

    def forward(self, z, labels):
        h = self.latent(torch.cat([z, self.told(labels)], 1)).view(-1, *self.bottom)
        for level in reversed(range(self.levels)):
            h = self.level(level, h)
            if level > 0:
                h = F.pixel_shuffle(self._modules[str(level)]["grow"](h), 2)
        return F.pixel_shuffle(self.leave(activated(h)), self.patch).tanh()


class Discriminator(Network):
    def __init__(self, folded, bottom, patch, sizes, blocks, classes):
        super().__init__(patch, blocks, sizes[-1], classes)
        self.levels = len(sizes)
        self.enter = nn.Conv2d(folded, sizes[0], 3, padding=1)
        for level, C in enumerate(sizes):
            part = nn.ModuleDict({str(number): Block(C) for number in range(blocks)})
            if level > 0:
                part["shrink"] = nn.Conv2d(4 * sizes[level - 1], C, 1)
            self.add_module(str(level), part)
        self.seen = nn.Linear(math.prod(bottom), sizes[-1])
        self.score = nn.Linear(sizes[-1], 1, bias=False)

    def forward(self, x, labels):
        h = self.enter(F.pixel_unshuffle(x, self.patch))
        for level in range(self.levels):
            if level > 0:
                h = self._modules[str(level)]["shrink"](F.pixel_unshuffle(h, 2))
            h = self.level(level, h)
        known = activated(self.seen(activated(h).flatten(1)))
        return self.score(known).squeeze(1) + (known * self.told(labels)).sum(1) / math.sqrt(known.shape[1])


class ImageGan(nn.Module):
    def __init__(self, channels, height, width_, patch, width, levels, blocks, latent, classes):
        super().__init__()
        folded, sizes, factor = channels * patch * patch, [width * level for level in levels], patch << (len(levels) - 1)
        bottom = (sizes[-1], height // factor, width_ // factor)
        self.generator = Generator(folded, bottom, patch, sizes, blocks, latent, classes)
        self.discriminator = Discriminator(folded, bottom, patch, sizes, blocks, classes)


def checksum(numbers):
    """Notices a wrong sign or place, which a sum of sizes does not."""
    numbers = numbers.flatten().double()
    return sum(value * math.cos(0.9 * k) for k, value in enumerate(numbers.tolist()))


def golden():
    model = ImageGan(
        channels=3, height=12, width_=8, patch=2, width=8, levels=[1, 2], blocks=1, latent=5, classes=[3, 2]
    )
    named = fill(model, 0.25)  # so that scores differ
    B, P, weight = 4, 2, 3.0
    numbers = 3 * 12 * 8
    real = torch.tensor([math.cos(0.3 * k) for k in range(B * numbers)]).view(B, 3, 12, 8)
    z = torch.tensor([math.cos(0.7 * k) for k in range(B * 5)]).view(B, 5)
    directions = torch.tensor([math.cos(1.1 * k) for k in range(2 * P * numbers)]).view(2 * P, 3, 12, 8)
    labels = torch.tensor([[1, 0], [3, 2], [0, 0], [2, 1]])

    # the discriminator's loss: nothing of it reaches the generator
    made = model.generator(z, labels)
    score = model.discriminator
    d = score(real, labels) - score(made.detach(), labels)
    loss = F.softplus(-d).mean()
    total = loss
    for some, ways in ((real[:P], directions[:P]), (made.detach()[:P], directions[P:])):
        slope = (score(some + PROBE * ways, labels[:P]) - score(some, labels[:P])) / PROBE
        total = total + weight / 2 * slope.square().mean()
    gradients = dict(zip(
        (name for name in named if name.startswith("discriminator.")),
        torch.autograd.grad(total, [named[name] for name in named if name.startswith("discriminator.")]),
    ))
    # the generator's loss
    other = F.softplus(score(real, labels) - score(made, labels)).mean()
    gradients |= dict(zip(
        (name for name in named if name.startswith("generator.")),
        torch.autograd.grad(other, [named[name] for name in named if name.startswith("generator.")]),
    ))
    return {
        "program": f"torch {torch.__version__}", "command": "python gan.py",
        "tolerance": "1e-4 of the largest value; 1e-2 of gradients, since slopes divide small differences by 0.01",
        "names": sorted(named), "picture": [round(value, 6) for value in made.flatten().tolist()], "score": score(real, labels).tolist(),
        "loss": loss.item(),
        "gradient": {name: gradients[name].abs().sum().item() for name in sorted(named)},
        "signed": {name: checksum(gradients[name]) for name in sorted(named)},
    }


if __name__ == "__main__":
    json.dump(golden(), sys.stdout)
