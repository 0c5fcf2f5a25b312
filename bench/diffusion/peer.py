"""The same training step in PyTorch: prints pictures a second.

    python peer.py train eager|compile|channels-last STEPS

The model is unet.py, which our own test takes its reference values from: same form, same numbers.
"""

import pathlib
import statistics
import sys
import time

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "model/src/test/resources/dev/athanor/model"))
from unet import UNet  # noqa: E402

BATCH, WIDTH = 128, 64


def train(mode, steps):
    torch.manual_seed(1)
    model = UNet(channels=1, patch=2, width=WIDTH, levels=[1, 2], blocks=1, classes=[10])
    averaged = [p.detach().clone() for p in model.parameters()]
    matrices = [p for p in model.parameters() if p.dim() >= 2]
    vectors = [p for p in model.parameters() if p.dim() < 2]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}],
        lr=1e-3, betas=(0.9, 0.99), fused=True)
    pictures = torch.rand(1024, 1, 28, 28) * 2 - 1
    labels = torch.randint(1, 11, (1024, 1))
    if mode == "channels-last":
        model = model.to(memory_format=torch.channels_last)
    run = torch.compile(model) if mode == "compile" else model

    def step(number):
        at = torch.randint(0, 1024, (BATCH,))
        x, given = pictures[at], labels[at]
        if mode == "channels-last":
            x = x.to(memory_format=torch.channels_last)
        told = (torch.rand(BATCH, 1) >= 0.1).long()
        noise = torch.randn_like(x)
        times = torch.randn(BATCH).sigmoid()
        velocity = noise - x
        loss = F.mse_loss(run(x + velocity * times[:, None, None, None], times, given * told), velocity)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(averaged, [p.detach() for p in model.parameters()], 0.001)
        return loss.item()

    for number in range(10):
        step(number)
    spent = []
    for number in range(steps):
        begun = time.perf_counter()
        step(number)
        spent.append(time.perf_counter() - begun)
    print(f"{BATCH / statistics.median(spent):.1f}")


if __name__ == "__main__":
    {"train": train}[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
