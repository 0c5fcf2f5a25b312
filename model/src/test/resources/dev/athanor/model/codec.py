"""The autoencoder of dev.athanor.model.SoundCodec written again in PyTorch: reference values for its test.

    pip install torch==2.13.0
    python codec.py > codec.json

The quantiser is FSQ as in appendix A.1 of Mentzer et al. 2023 (arXiv 2309.15505), but for the shift: there its tangent
stands where the inverse of the hyperbolic tangent brings 0 to a place of the grid. Weights follow a formula instead of
a file, as in classifier.py.
"""

import json
import math
import sys

import torch
import torch.nn.functional as F
from torch import nn

from classifier import fill

BANDS, FRAMES, PATCH, WIDTH, BLOCKS, LEVELS = 4, 6, 2, 8, 2, [8, 5, 4, 3]


class Grid:
    def __init__(self, levels):
        self.levels = torch.tensor(levels, dtype=torch.float32)
        self.basis = torch.tensor([math.prod(levels[:d]) for d in range(len(levels))])

    def bound(self, z):
        half = (self.levels - 1) * (1 + 1e-3) / 2
        offset = torch.where(self.levels % 2 == 1, 0.0, 0.5)
        return torch.tanh(z + torch.atanh(offset / half)) * half - offset

    def nearest(self, z):
        bound = self.bound(z)
        return (bound + (bound.round() - bound).detach()) / (self.levels // 2)

    def codes(self, places):
        half = self.levels // 2
        return ((places * half + half) * self.basis).sum(-1).round().long()


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.frames = nn.Conv1d(WIDTH, WIDTH, 7, padding=3, groups=WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-6)
        self.grow = nn.Linear(WIDTH, 3 * WIDTH)
        self.shrink = nn.Linear(3 * WIDTH, WIDTH)
        self.gain = nn.Parameter(torch.ones(WIDTH))

    def forward(self, x):
        h = self.norm(self.frames(x.transpose(1, 2)).transpose(1, 2))
        return x + self.shrink(F.gelu(self.grow(h))) * self.gain


def blocks():
    part = nn.ModuleDict({str(number): Block() for number in range(BLOCKS)})
    part["norm"] = nn.LayerNorm(WIDTH, eps=1e-6)
    return part


class Codec(nn.Module):
    def __init__(self):
        super().__init__()
        self.grid = Grid(LEVELS)
        self.enter = nn.Conv1d(BANDS, WIDTH, 7, padding=3)
        self.down, self.up = blocks(), blocks()
        self.narrow = nn.Linear(PATCH * WIDTH, len(LEVELS))
        self.widen = nn.Linear(len(LEVELS), PATCH * WIDTH)
        self.leave = nn.Linear(WIDTH, BANDS)

    def encode(self, x):
        h = self.enter(x).transpose(1, 2)
        for number in range(BLOCKS):
            h = self.down[str(number)](h)
        h = self.down["norm"](h).reshape(len(x), FRAMES // PATCH, PATCH * WIDTH)
        return self.narrow(h)

    def decode(self, places):
        h = self.widen(places).reshape(len(places), FRAMES, WIDTH)
        for number in range(BLOCKS):
            h = self.up[str(number)](h)
        return self.leave(self.up["norm"](h)).transpose(1, 2)


def cosines(step, *shape):
    return torch.tensor([math.cos(step * k) for k in range(math.prod(shape))]).view(shape)


def golden():
    grid = Grid(LEVELS)
    vectors = (3 * cosines(0.3, 6, 4)).requires_grad_()
    places = grid.nearest(vectors)
    (places * cosines(0.1, 6, 4)).sum().backward()
    model = Codec()
    named = fill(model, 0.3)  # large enough for several codes
    x = cosines(0.3, 2, BANDS, FRAMES)
    z = model.encode(x)
    bound = grid.bound(z)
    assert ((bound - bound.floor() - 0.5).abs() > 1e-3).all()  # no place that rounding errors could move
    rebuilt = model.decode(grid.nearest(z))
    (rebuilt * cosines(0.1, 2, BANDS, FRAMES)).sum().backward()
    return {
        "program": f"torch {torch.__version__}", "command": "python codec.py",
        "tolerance": "1e-5 of the largest value; float32 sums differ in order",
        "grid": {"places": places.flatten().tolist(), "codes": grid.codes(places).tolist(),
                 "gradient": vectors.grad.flatten().tolist()},
        "names": sorted(named), "codes": grid.codes(grid.nearest(z)).flatten().tolist(),
        "rebuilt": rebuilt.flatten().tolist(),
        "gradient": {name: named[name].grad.abs().sum().item() for name in sorted(named)},
    }


if __name__ == "__main__":
    json.dump(golden(), sys.stdout)
