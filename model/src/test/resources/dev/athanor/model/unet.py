"""The U-Net of dev.athanor.model.UNet written again in PyTorch: reference values for its test, and the peer of bench/pictures.

    pip install torch==2.13.0
    python unet.py > unet.json

Weights follow a formula instead of a file, as in golden.py: number k of tensor t (tensors in the order of their sorted
names) is 0.1 * sin(0.7 * (k + 1) + t), computed in double precision; weights of norms have 1 added.
"""

import json
import math
import sys

import torch
import torch.nn.functional as F
from torch import nn

GROUPS = 8


class Block(nn.Module):
    def __init__(self, channels, told):
        super().__init__()
        self.norm1 = nn.GroupNorm(GROUPS, channels)
        self.convolution1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.given = nn.Linear(told, 2 * channels)
        self.norm2 = nn.GroupNorm(GROUPS, channels)
        self.convolution2 = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.zeros_(self.convolution2.weight)
        nn.init.zeros_(self.convolution2.bias)

    def forward(self, x, told):
        h = self.convolution1(F.silu(self.norm1(x)))
        scale, shift = self.given(told)[:, :, None, None].chunk(2, 1)
        return x + self.convolution2(F.silu(self.norm2(h) * (scale + 1) + shift))


class Look(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.head = 64 if channels % 64 == 0 else channels
        self.norm = nn.GroupNorm(GROUPS, channels)
        self.query_key_value = nn.Conv2d(channels, 3 * channels, 1)
        self.mixed = nn.Conv2d(channels, channels, 1)
        nn.init.zeros_(self.mixed.weight)
        nn.init.zeros_(self.mixed.bias)

    def forward(self, x):
        B, C, H, W = x.shape
        q, k, v = self.query_key_value(self.norm(x)).view(B, 3 * C // self.head, self.head, H * W).transpose(2, 3).chunk(3, 1)
        return self.mixed(F.scaled_dot_product_attention(q, k, v).transpose(2, 3).reshape(B, C, H, W))


class UNet(nn.Module):
    """Without captions: those are tested by what they do."""

    def __init__(self, channels, patch, width, levels, blocks, classes):
        super().__init__()
        self.patch, self.levels, self.told = patch, levels, 4 * width
        folded = channels * patch * patch
        self.time = nn.ModuleList([nn.Linear(self.told, self.told) for _ in range(2)])
        self.label = nn.ModuleList([nn.Embedding(values + 1, self.told) for values in classes])
        self.enter = nn.Conv2d(folded, width, 3, padding=1)
        sizes = [width * level for level in levels]
        self.down = nn.ModuleList()
        self.up = nn.ModuleList()
        for level, C in enumerate(sizes):
            down = nn.ModuleDict({str(number): Block(C, self.told) for number in range(blocks)})
            up = nn.ModuleDict({str(number): Block(C, self.told) for number in range(blocks)})
            for number in range(blocks):
                up[str(number)].merge = nn.Conv2d(2 * C, C, 1)
            if level > 0:
                down["shrink"] = nn.Conv2d(4 * sizes[level - 1], C, 1)
                up["grow"] = nn.Conv2d(C, 4 * sizes[level - 1], 1)
            self.down.append(down)
            self.up.append(up)
        self.middle = nn.ModuleList([Block(sizes[-1], self.told) for _ in range(2)])
        self.look = Look(sizes[-1])
        self.leave = nn.Conv2d(width, folded, 3, padding=1)
        self.leave.norm = nn.GroupNorm(GROUPS, width)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)
        self.blocks = blocks

    def forward(self, x, times, labels):
        half = self.told // 2
        angles = times[:, None] * 1000 * torch.pow(10_000, -torch.arange(half) / half)
        told = self.time[1](F.silu(self.time[0](torch.cat([angles.cos(), angles.sin()], 1))))
        for field, table in enumerate(self.label):
            told = told + table(labels[:, field])
        told = F.silu(told)
        h = self.enter(F.pixel_unshuffle(x, self.patch))
        seen = []
        for level, part in enumerate(self.down):
            if level > 0:
                h = part["shrink"](F.pixel_unshuffle(h, 2))
            for number in range(self.blocks):
                h = part[str(number)](h, told)
                seen.append(h)
        h = self.middle[0](h, told)
        h = h + self.look(h)
        h = self.middle[1](h, told)
        for level in reversed(range(len(self.up))):
            part = self.up[level]
            for number in range(self.blocks):
                h = part[str(number)].merge(torch.cat([h, seen.pop()], 1))
                h = part[str(number)](h, told)
            if level > 0:
                h = F.pixel_shuffle(part["grow"](h), 2)
        return F.pixel_shuffle(self.leave(F.silu(self.leave.norm(h))), self.patch)


def golden():
    torch.manual_seed(0)
    model = UNet(channels=3, patch=2, width=8, levels=[1, 2], blocks=1, classes=[3, 2])
    named = dict(model.named_parameters())
    for t, name in enumerate(sorted(named)):
        tensor = named[name]
        values = torch.tensor([0.1 * math.sin(0.7 * (k + 1) + t) for k in range(tensor.numel())], dtype=torch.float64)
        with torch.no_grad():
            tensor.copy_((values.float() + (1 if "norm" in name and name.endswith("weight") else 0)).view(tensor.shape))
    x = torch.tensor([math.cos(0.3 * k) for k in range(2 * 3 * 8 * 8)]).view(2, 3, 8, 8)
    times, labels = torch.tensor([0.25, 0.9]), torch.tensor([[1, 0], [3, 2]])
    y = model(x, times, labels)
    y.square().sum().backward()
    return {
        "program": f"torch {torch.__version__}", "command": "python unet.py",
        "tolerance": "1e-4 of the largest value; float32 sums differ in order",
        "names": sorted(named), "prediction": y.flatten().tolist(),
        "gradient": {name: named[name].grad.abs().sum().item() for name in sorted(named)},
    }


if __name__ == "__main__":
    json.dump(golden(), sys.stdout)
