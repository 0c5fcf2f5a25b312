"""The network of dev.athanor.model.ImageVae written again in PyTorch: reference values for its test.

    pip install torch==2.13.0
    python vae.py > vae.json

Weights follow a formula instead of a file, as in classifier.py.
"""

import json
import math
import sys

import torch
import torch.nn.functional as F
from torch import nn

from classifier import GROUPS, fill


class Block(nn.Module):
    def __init__(self, channels, told):
        super().__init__()
        self.norm1 = nn.GroupNorm(GROUPS, channels)
        self.convolution1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.given = nn.Linear(told, 2 * channels)
        self.norm2 = nn.GroupNorm(GROUPS, channels)
        self.convolution2 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x, told):
        h = self.convolution1(F.silu(self.norm1(x)))
        scale, shift = self.given(told)[:, :, None, None].chunk(2, 1)
        return x + self.convolution2(F.silu(self.norm2(h) * (scale + 1) + shift))


class ImageVae(nn.Module):
    def __init__(self, channels, height, width_, patch, width, levels, blocks, latent, classes):
        super().__init__()
        self.patch, self.blocks, told = patch, blocks, 2 * width
        folded, sizes = channels * patch * patch, [width * level for level in levels]
        factor = patch << (len(levels) - 1)
        self.bottom_shape = (sizes[-1], height // factor, width_ // factor)
        self.label = nn.ModuleList([nn.Embedding(values + 1, told) for values in classes])
        self.enter = nn.Conv2d(folded, sizes[0], 3, padding=1)
        self.down, self.up = nn.ModuleList(), nn.ModuleList()
        for level, C in enumerate(sizes):
            down = nn.ModuleDict({str(number): Block(C, told) for number in range(blocks)})
            up = nn.ModuleDict({str(number): Block(C, told) for number in range(blocks)})
            if level > 0:
                down["shrink"] = nn.Conv2d(4 * sizes[level - 1], C, 1)
                up["grow"] = nn.Conv2d(C, 4 * sizes[level - 1], 1)
            self.down.append(down)
            self.up.append(up)
        self.bottom = nn.ModuleDict({"norm": nn.GroupNorm(GROUPS, sizes[-1])})
        self.posterior = nn.Linear(math.prod(self.bottom_shape), 2 * latent)
        self.latent = nn.Linear(latent, math.prod(self.bottom_shape))
        self.leave = nn.Conv2d(sizes[0], folded, 3, padding=1)
        self.leave.norm = nn.GroupNorm(GROUPS, sizes[0])

    def told(self, labels):
        return sum(table(labels[:, field]) for field, table in enumerate(self.label))

    def encode(self, x, labels):
        told = self.told(labels)
        h = self.enter(F.pixel_unshuffle(x, self.patch))
        for part in self.down:
            if "shrink" in part:
                h = part["shrink"](F.pixel_unshuffle(h, 2))
            for number in range(self.blocks):
                h = part[str(number)](h, told)
        return self.posterior(F.silu(self.bottom["norm"](h)).flatten(1)).chunk(2, 1)

    def decode(self, z, labels):
        told = self.told(labels)
        h = self.latent(z).view(-1, *self.bottom_shape)
        for part in reversed(self.up):
            for number in range(self.blocks):
                h = part[str(number)](h, told)
            if "grow" in part:
                h = F.pixel_shuffle(part["grow"](h), 2)
        return F.pixel_shuffle(self.leave(F.silu(self.leave.norm(h))), self.patch)


def golden():
    model = ImageVae(
        channels=3, height=12, width_=8, patch=2, width=8, levels=[1, 2], blocks=1, latent=5, classes=[3, 2]
    )
    named = fill(model)
    x = torch.tensor([math.cos(0.3 * k) for k in range(2 * 3 * 12 * 8)]).view(2, 3, 12, 8)
    labels = torch.tensor([[1, 0], [3, 2]])
    mean, log_variance = model.encode(x, labels)
    picture = model.decode(mean, labels)
    divergence = -0.5 * (1 + log_variance - mean.square() - log_variance.exp())
    (F.mse_loss(picture, x) + divergence.sum()).backward()
    return {
        "program": f"torch {torch.__version__}", "command": "python vae.py",
        "tolerance": "1e-4 of the largest value; float32 sums differ in order",
        "names": sorted(named), "mean": mean.flatten().tolist(), "log_variance": log_variance.flatten().tolist(),
        "divergence": divergence.flatten().tolist(), "picture": picture.flatten().tolist(),
        "gradient": {name: named[name].grad.abs().sum().item() for name in sorted(named)},
    }


if __name__ == "__main__":
    json.dump(golden(), sys.stdout)
