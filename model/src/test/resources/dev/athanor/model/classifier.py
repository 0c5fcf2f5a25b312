"""The network of dev.athanor.model.ImageClassifier written again in PyTorch: reference values for its test.

    pip install torch==2.13.0
    python classifier.py > classifier.json

Weights follow a formula instead of a file, as in unet.py: number k of tensor t (tensors in the order of their sorted
names) is 0.1 * sin(0.7 * (k + 1) + t), computed in double precision; weights of norms have 1 added.
"""

import json
import math
import sys

import torch
import torch.nn.functional as F
from torch import nn

GROUPS = 8
FEATURES = 128


class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm1 = nn.GroupNorm(GROUPS, channels)
        self.convolution1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.norm2 = nn.GroupNorm(GROUPS, channels)
        self.convolution2 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        return x + self.convolution2(F.silu(self.norm2(self.convolution1(F.silu(self.norm1(x))))))


class ImageClassifier(nn.Module):
    def __init__(self, channels, patch, width, levels, blocks, values):
        super().__init__()
        self.patch, self.blocks = patch, blocks
        sizes = [width * level for level in levels]
        self.enter = nn.Conv2d(channels * patch * patch, sizes[0], 3, padding=1)
        self.level = nn.ModuleList()
        for number, C in enumerate(sizes):
            part = nn.ModuleDict({str(block): Block(C) for block in range(blocks)})
            if number > 0:
                part["shrink"] = nn.Conv2d(sizes[number - 1], C, 3, stride=2, padding=1)
            self.level.append(part)
        self.norm = nn.GroupNorm(GROUPS, sizes[-1])
        self.features = nn.Linear(sizes[-1], FEATURES)
        self.head = nn.Linear(FEATURES, values)

    def forward(self, x):
        h = self.enter(F.pixel_unshuffle(x, self.patch))
        for part in self.level:
            if "shrink" in part:
                h = part["shrink"](h)
            for block in range(self.blocks):
                h = part[str(block)](h)
        features = F.silu(self.features(F.silu(self.norm(h)).mean((2, 3))))
        return self.head(features), features


def fill(model, amplitude=0.1):
    named = dict(model.named_parameters())
    for t, name in enumerate(sorted(named)):
        tensor = named[name]
        values = torch.tensor([amplitude * math.sin(0.7 * (k + 1) + t) for k in range(tensor.numel())], dtype=torch.float64)
        with torch.no_grad():
            tensor.copy_((values.float() + (1 if "norm" in name and name.endswith("weight") else 0)).view(tensor.shape))
    return named


def golden():
    model = ImageClassifier(channels=3, patch=2, width=8, levels=[1, 2, 3], blocks=1, values=5)
    named = fill(model)
    x = torch.tensor([math.cos(0.3 * k) for k in range(2 * 3 * 12 * 8)]).view(2, 3, 12, 8)  # 6 x 4, 3 x 2, 2 x 1
    logits, features = model(x)
    F.cross_entropy(logits, torch.tensor([4, 1]), label_smoothing=0.1).backward()
    return {
        "program": f"torch {torch.__version__}", "command": "python classifier.py",
        "tolerance": "1e-4 of the largest value; float32 sums differ in order",
        "names": sorted(named), "logits": logits.flatten().tolist(), "features": features.flatten().tolist(),
        "gradient": {name: named[name].grad.abs().sum().item() for name in sorted(named)},
    }


if __name__ == "__main__":
    json.dump(golden(), sys.stdout)
