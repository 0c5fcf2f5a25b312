"""nanoGPT's CPU run on tiny Shakespeare in PyTorch eager: prints the seconds of its 2,000 steps and the loss over the whole
last tenth, in windows of its context.

    peer.py TEXT

Sizes, rates and schedule are those of nanoGPT's README for a CPU (4 layers, 4 heads, width 128, context 64, batch 12, no
dropout, rate 1e-3 down to 1e-4, warm-up 100); time for looks at the validation split is not counted.
"""

import math
import pathlib
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "training"))
from peers import B, T, Decoder  # noqa: E402

STEPS, WARM_UP, RATE, LEAST = 2000, 100, 1e-3, 1e-4


def main():
    text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    ids = {c: i for i, c in enumerate(sorted(set(text)))}
    data = torch.tensor([ids[c] for c in text])
    border = int(0.9 * len(data))
    train, held = data[:border], data[border:]
    torch.manual_seed(1337)
    model = Decoder("gpt")
    for name, parameter in model.named_parameters():
        if parameter.dim() >= 2:
            deviation = 0.02 / math.sqrt(8) if name.endswith(("out.weight", "down.weight")) else 0.02
            torch.nn.init.normal_(parameter, std=deviation)
    matrices = [p for p in model.parameters() if p.dim() >= 2]
    vectors = [p for p in model.parameters() if p.dim() < 2]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.1}, {"params": vectors, "weight_decay": 0.0}], lr=RATE, betas=(0.9, 0.99)
    )
    begun = time.perf_counter()
    for step in range(STEPS):
        done = (step - WARM_UP) / (STEPS - WARM_UP)
        rate = RATE * (step + 1) / WARM_UP if step < WARM_UP else LEAST + (RATE - LEAST) * (1 + math.cos(math.pi * done)) / 2
        for group in optimizer.param_groups:
            group["lr"] = rate
        starts = torch.randint(len(train) - T, (B,)).tolist()
        loss = model(torch.stack([train[s : s + T] for s in starts]), torch.stack([train[s + 1 : s + T + 1] for s in starts]))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
    seconds = time.perf_counter() - begun
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        windows = (len(held) - 1) // T
        x = held[: windows * T].view(windows, T)
        y = held[1 : windows * T + 1].view(windows, T)
        for at in range(0, windows, 64):
            rows = len(x[at : at + 64])
            total += model(x[at : at + 64], y[at : at + 64]).item() * rows * T
            count += rows * T
    print(f"{seconds:.1f} {total / count:.4f}")


if __name__ == "__main__":
    main()
