"""Training steps in PyTorch, the peer of Ours.java: prints the median milliseconds of a step.

    peers.py MODEL eager|compile STEPS

MODEL: `gpt`, nanoGPT's model at its CPU setting (4 layers, 4 heads, width 128, context 64, batch 12, no dropout, no
bias); `llama`, our own form at the same size (RMSNorm, rotary positions, SwiGLU); `lstm` and `gru`, char-rnn's setting
(2 layers of 128, batch 50, 50 steps). Every step: gradient, clipping, AdamW.
"""

import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

V, C, L, H, T, B = 65, 128, 4, 4, 64, 12


class GptBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1 = nn.LayerNorm(C, bias=False)
        self.norm2 = nn.LayerNorm(C, bias=False)
        self.qkv = nn.Linear(C, 3 * C, bias=False)
        self.out = nn.Linear(C, C, bias=False)
        self.up = nn.Linear(C, 4 * C, bias=False)
        self.down = nn.Linear(4 * C, C, bias=False)

    def forward(self, x):
        q, k, v = self.qkv(self.norm1(x)).split(C, dim=2)
        q, k, v = (t.view(*t.shape[:2], H, C // H).transpose(1, 2) for t in (q, k, v))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(y.transpose(1, 2).contiguous().view(x.shape))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class LlamaBlock(nn.Module):
    def __init__(self, hidden=344):
        super().__init__()
        self.norm1 = nn.RMSNorm(C, eps=1e-5)
        self.norm2 = nn.RMSNorm(C, eps=1e-5)
        self.qkv = nn.Linear(C, 3 * C, bias=False)
        self.out = nn.Linear(C, C, bias=False)
        self.gate_up = nn.Linear(C, 2 * hidden, bias=False)
        self.down = nn.Linear(hidden, C, bias=False)
        angles = torch.outer(torch.arange(T).float(), 10000 ** (-torch.arange(0, C // H, 2).float() / (C // H)))
        angles = torch.cat((angles, angles), dim=-1)
        self.register_buffer("cos", angles.cos())
        self.register_buffer("sin", angles.sin())

    def turn(self, x):
        a, b = x.chunk(2, dim=-1)
        return x * self.cos + torch.cat((-b, a), dim=-1) * self.sin

    def forward(self, x):
        q, k, v = self.qkv(self.norm1(x)).split(C, dim=2)
        q, k, v = (t.view(*t.shape[:2], H, C // H).transpose(1, 2) for t in (q, k, v))
        y = F.scaled_dot_product_attention(self.turn(q), self.turn(k), v, is_causal=True)
        x = x + self.out(y.transpose(1, 2).reshape(x.shape))
        a, b = self.gate_up(self.norm2(x)).chunk(2, dim=-1)
        return x + self.down(F.silu(a) * b)


class Decoder(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.embedding = nn.Embedding(V, C)
        self.positions = nn.Embedding(T, C) if kind == "gpt" else None
        self.blocks = nn.ModuleList(GptBlock() if kind == "gpt" else LlamaBlock() for _ in range(L))
        self.norm = nn.LayerNorm(C, bias=False) if kind == "gpt" else nn.RMSNorm(C, eps=1e-5)
        self.head = nn.Linear(C, V, bias=False)
        self.head.weight = self.embedding.weight
        nn.init.normal_(self.embedding.weight, std=0.02)

    def forward(self, ids, targets):
        x = self.embedding(ids)
        if self.positions is not None:
            x = x + self.positions(torch.arange(ids.shape[1]))
        for block in self.blocks:
            x = block(x)
        return F.cross_entropy(self.head(self.norm(x)).view(-1, V), targets.view(-1))


class Recurrent(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.embedding = nn.Embedding(V, C)
        self.layers = (nn.LSTM if kind == "lstm" else nn.GRU)(C, C, 2, batch_first=True)
        self.head = nn.Linear(C, V)
        self.state = None

    def forward(self, ids, targets):
        y, state = self.layers(self.embedding(ids), self.state)
        self.state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
        return F.cross_entropy(self.head(y).view(-1, V), targets.view(-1))


def main():
    kind, mode, steps = sys.argv[1], sys.argv[2], int(sys.argv[3])
    torch.manual_seed(1)
    transformer = kind in ("gpt", "llama")
    model = Decoder(kind) if transformer else Recurrent(kind)
    rows, columns = (B, T) if transformer else (50, 50)
    run = torch.compile(model) if mode == "compile" else model
    matrices = [p for p in model.parameters() if p.dim() >= 2]
    vectors = [p for p in model.parameters() if p.dim() < 2]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.1}, {"params": vectors, "weight_decay": 0.0}], lr=1e-3, betas=(0.9, 0.99)
    )
    text = torch.randint(V, (100_000,))
    times = []
    for step in range(steps + 20):
        begun = time.perf_counter()
        starts = torch.randint(len(text) - columns, (rows,)).tolist()
        ids = torch.stack([text[s : s + columns] for s in starts])
        targets = torch.stack([text[s + 1 : s + columns + 1] for s in starts])
        loss = run(ids, targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        loss.item()
        if step >= 20:
            times.append((time.perf_counter() - begun) * 1e3)
    print(f"{statistics.median(times):.3f}")


if __name__ == "__main__":
    main()
