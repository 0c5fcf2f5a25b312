"""The peers' side: tokens per second of one sequence with random weights, temperature 0.8, the 200 best, float32.

peers.py sampling small|large TOKENS   a GPT in nanoGPT's form, sampled its way: the whole window again for each token
peers.py transformers small|large TOKENS   transformers' generate with its key-value cache
peers.py read   the bandwidth of torch.sum over 440 MB with two threads, in GB/s
"""
import math
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

SIZES = {  # vocabulary, context, layers, heads, width, hidden
    "small": (65, 64, 4, 4, 128, 512),
    "large": (32000, 1024, 12, 12, 768, 2048),
}


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.before = nn.LayerNorm(width, bias=False)
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.after = nn.LayerNorm(width, bias=False)
        self.up = nn.Linear(width, 4 * width, bias=False)
        self.down = nn.Linear(4 * width, width, bias=False)

    def forward(self, x):
        B, T, C = x.shape
        q, k, v = (y.view(B, T, self.heads, C // self.heads).transpose(1, 2)
                   for y in self.qkv(self.before(x)).split(C, dim=2))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(y.transpose(1, 2).reshape(B, T, C))
        return x + self.down(F.gelu(self.up(self.after(x))))


class Gpt(nn.Module):
    def __init__(self, vocabulary, context, layers, heads, width, _):
        super().__init__()
        self.context = context
        self.tokens = nn.Embedding(vocabulary, width)
        self.places = nn.Embedding(context, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width, bias=False)
        self.head = nn.Linear(width, vocabulary, bias=False)
        self.head.weight = self.tokens.weight
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.normal_(p, std=0.02)

    @torch.no_grad()
    def write(self, ids, count):
        for _ in range(count):
            window = ids[:, -self.context:]
            x = self.tokens(window) + self.places(torch.arange(window.shape[1]))
            for block in self.blocks:
                x = block(x)
            scores = self.head(self.norm(x)[:, [-1], :])[:, -1, :] / 0.8
            best, _ = torch.topk(scores, min(200, scores.size(-1)))
            scores[scores < best[:, [-1]]] = -math.inf
            ids = torch.cat((ids, torch.multinomial(F.softmax(scores, dim=-1), 1)), dim=1)
        return ids


def sampling(size, tokens):
    torch.manual_seed(1)
    model = Gpt(*SIZES[size]).eval()
    start = torch.zeros((1, 1), dtype=torch.long)
    model.write(start, min(tokens, 20))
    began = time.perf_counter()
    model.write(start, tokens)
    return tokens / (time.perf_counter() - began)


def transformers(size, tokens):
    from transformers import LlamaConfig, LlamaForCausalLM
    torch.manual_seed(1)
    vocabulary, context, layers, heads, width, hidden = SIZES[size]
    model = LlamaForCausalLM(LlamaConfig(
        vocab_size=vocabulary, hidden_size=width, intermediate_size=hidden, num_hidden_layers=layers,
        num_attention_heads=heads, num_key_value_heads=heads, max_position_embeddings=max(context, tokens + 1),
        tie_word_embeddings=True)).eval()
    start = torch.zeros((1, 1), dtype=torch.long)
    options = dict(do_sample=True, temperature=0.8, top_k=min(200, vocabulary), eos_token_id=None, pad_token_id=0,
                   attention_mask=torch.ones_like(start))
    model.generate(start, max_new_tokens=min(tokens, 20), **options)
    began = time.perf_counter()
    out = model.generate(start, max_new_tokens=tokens, **options)
    seconds = time.perf_counter() - began
    assert out.shape[1] == tokens + 1
    return tokens / seconds


def read():
    numbers = torch.ones(110_000_000)
    best = 0.0
    for _ in range(12):
        began = time.perf_counter()
        numbers.sum()
        best = max(best, 0.44 / (time.perf_counter() - began))
    return best


if __name__ == "__main__":
    torch.set_num_threads(2)
    if sys.argv[1] == "read":
        print("%.2f" % read())
    else:
        print("%.2f" % {"sampling": sampling, "transformers": transformers}[sys.argv[1]](sys.argv[2], int(sys.argv[3])))
