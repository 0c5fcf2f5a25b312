"""The loss of dev.athanor.train.SoundObjective written again with PyTorch: reference values for its test.

    pip install torch==2.13.0
    python vocoding.py > vocoding.json

The real strengths follow one formula, the told ones another; some of both are below the floor.
"""

import json
import sys

import torch


def waves(scale, step):
    return scale * torch.cos(step * torch.arange(2 * 5 * 7, dtype=torch.float32)).view(2, 5, 7)


def distance(told, real):
    floor = torch.log(torch.tensor(1e-3))
    apart = torch.maximum(told, floor) - torch.maximum(real, floor)
    return (apart.square().mean(1) + 1e-6).sqrt().mean()


json.dump({
    "program": f"torch {torch.__version__}", "command": "python vocoding.py",
    "tolerance": "1e-4; float32 sums differ in order",
    "distance": distance(waves(8, 0.3), waves(10, 0.1)).item(),
    "none": distance(waves(8, 0.3), waves(8, 0.3)).item(),
}, sys.stdout)
