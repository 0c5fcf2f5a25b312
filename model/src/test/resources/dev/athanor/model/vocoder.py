"""The network of dev.athanor.model.Vocoder written again in PyTorch: reference values for its test.

    pip install torch==2.13.0
    python vocoder.py > vocoder.json

Weights follow a formula instead of a file, as in classifier.py.
"""

import json
import math
import sys

import torch
import torch.nn.functional as F
from torch import nn

from classifier import fill

BANDS, FFT, HOP, WIDTH, BLOCKS, FRAMES = 4, 32, 8, 8, 2, 9


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.frames = nn.Conv1d(WIDTH, WIDTH, 7, padding=3, groups=WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-6)
        self.grow = nn.Linear(WIDTH, 3 * WIDTH)
        self.shrink = nn.Linear(3 * WIDTH, WIDTH)
        self.gain = nn.Parameter(torch.ones(WIDTH))

    def forward(self, x):
        h = self.norm(self.frames(x).transpose(1, 2))
        return x + (self.shrink(F.gelu(self.grow(h))) * self.gain).transpose(1, 2)


class Vocoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.enter = nn.Conv1d(BANDS, WIDTH, 7, padding=3)
        self.enter.norm = nn.LayerNorm(WIDTH, eps=1e-6)
        self.block = nn.ModuleList([Block() for _ in range(BLOCKS)])
        self.leave = nn.Linear(WIDTH, FFT // 2 + 1)
        self.leave.norm = nn.LayerNorm(WIDTH, eps=1e-6)
        self.bands = nn.Linear(BANDS, FFT // 2 + 1)

    def forward(self, spectrogram):
        x = self.enter.norm(self.enter(spectrogram).transpose(1, 2)).transpose(1, 2)
        for block in self.block:
            x = block(x)
        strengths = self.leave(self.leave.norm(x.transpose(1, 2))) + self.bands(spectrogram.transpose(1, 2))
        return strengths.clamp(max=math.log(FFT / 2)).transpose(1, 2)


def golden():
    model = Vocoder()
    named = fill(model)
    spectrogram = torch.tensor([2 * math.cos(0.3 * k) for k in range(2 * BANDS * FRAMES)]).view(2, BANDS, FRAMES)
    spectrogram[0, 0, 0] = 500  # so strong that it is cut
    strengths = model(spectrogram)
    (strengths * torch.cos(0.1 * torch.arange(strengths.numel())).view_as(strengths)).sum().backward()
    return {
        "program": f"torch {torch.__version__}", "command": "python vocoder.py",
        "tolerance": "1e-4 of the largest value; float32 sums differ in order",
        "names": sorted(named), "strengths": strengths.flatten().tolist(),
        "gradient": {name: named[name].grad.abs().sum().item() for name in sorted(named)},
    }


if __name__ == "__main__":
    json.dump(golden(), sys.stdout)
