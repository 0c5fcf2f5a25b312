"""The same training step in PyTorch: prints pictures a second.

    python peer.py train eager|compile|channels-last STEPS
    DIFFUSERS=PATH/TO/diffusers/src python peer.py sample eager|compile|channels-last ROUNDS

`sample` is the loop of diffusers' DDIMScheduler, ten steps, around the same U-Net.

The model is unet.py, which our own test takes its reference values from: same form, same numbers.
"""

import os
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


def sample(mode, rounds):
    sys.path.insert(0, os.environ["DIFFUSERS"])
    from diffusers.schedulers.scheduling_ddim import DDIMScheduler

    torch.manual_seed(1)
    model = UNet(channels=1, patch=2, width=WIDTH, levels=[1, 2], blocks=1, classes=[10]).eval()
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
        pictures()
        spent = []
        for _ in range(rounds):
            begun = time.perf_counter()
            pictures()
            spent.append(time.perf_counter() - begun)
    print(f"{256 / statistics.median(spent):.1f}")


if __name__ == "__main__":
    {"train": train, "sample": sample}[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
