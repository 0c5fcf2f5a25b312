"""Reference values for the model tests: logits, greedy text and losses of tiny models in other implementations.

    pip install torch==2.13.0 transformers==5.18.0
    python golden.py > golden.json

Weights follow a formula instead of a file, so that the test can build the same ones: number k of tensor t (tensors in
the order of their sorted names) is 0.1 * sin(0.7 * (k + 1) + t), computed in double precision; normalisation weights
have 1 added.
"""

import json
import math
import sys

import torch
import transformers
from transformers import LlamaConfig, LlamaForCausalLM


def values(t, count):
    return torch.tensor([0.1 * math.sin(0.7 * (k + 1) + t) for k in range(count)], dtype=torch.float64).float()


def fill(named):
    for t, name in enumerate(sorted(named)):
        tensor = named[name]
        filled = values(t, tensor.numel()).view(tensor.shape)
        if "norm" in name:
            filled = filled + 1
        with torch.no_grad():
            tensor.copy_(filled)


def llama(heads, key_value_heads, tied, theta):
    config = LlamaConfig(
        vocab_size=23, hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=heads,
        num_key_value_heads=key_value_heads, max_position_embeddings=32, rms_norm_eps=1e-5, tie_word_embeddings=tied,
        rope_parameters={"rope_type": "default", "rope_theta": theta}, bos_token_id=1, eos_token_id=22,
        pad_token_id=0)
    model = LlamaForCausalLM(config).eval()
    fill(dict(model.named_parameters()))
    ids = [1, 5, 9, 2, 14, 3, 3, 20]
    with torch.no_grad():
        logits = model(torch.tensor([ids])).logits[0]
        greedy = model.generate(torch.tensor([ids]), max_new_tokens=12, do_sample=False)[0, len(ids):]
    return {"heads": heads, "keyValueHeads": key_value_heads, "tied": tied, "theta": theta, "ids": ids,
            "logits": logits.tolist(), "greedy": greedy.tolist()}


def recurrent(kind):
    module = getattr(torch.nn, kind)(8, 8, 2, batch_first=True)
    embed, head = torch.nn.Embedding(23, 8), torch.nn.Linear(8, 23)
    named = {"embed.weight": embed.weight, "head.weight": head.weight, "head.bias": head.bias}
    for layer in range(2):
        for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
            named[f"layers.{layer}.{part}"] = getattr(module, f"{part}_l{layer}")
    fill(named)
    ids = [1, 5, 9, 2, 14, 3, 3, 20]
    with torch.no_grad():
        logits = head(module(embed(torch.tensor([ids])))[0])[0]
    return {"ids": ids, "logits": logits.tolist()}


torch.manual_seed(0)
json.dump({
    "program": f"transformers {transformers.__version__}, torch {torch.__version__}", "command": "python golden.py",
    "tolerance": "1e-4, the promise of docs; float32 sums differ in order",
    "llama": [llama(4, 4, True, 10000.0), llama(4, 2, False, 10000.0), llama(2, 1, False, 500000.0)],
    "lstm": recurrent("LSTM"), "gru": recurrent("GRU"),
}, sys.stdout)
