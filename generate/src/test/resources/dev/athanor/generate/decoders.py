"""Writes decoders.json and the folder llama: logits of tiny random models, by transformers (Llama) and torch.nn (LSTM, GRU, text VAE), float32 on CPU.

Run: python decoders.py   (torch, transformers)
Tolerance in the test: 1e-4, the distance that interchange with transformers allows.
"""
import json

import torch
import transformers
from transformers import LlamaConfig, LlamaForCausalLM


def numbers(tensor):
    return [float("%.9g" % v) for v in tensor.detach().reshape(-1).tolist()]


def llama(tied, heads, groups):
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=37, hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=heads,
        num_key_value_heads=groups, max_position_embeddings=48, rms_norm_eps=1e-5, rope_theta=10000.0,
        tie_word_embeddings=tied, initializer_range=0.3)
    model = LlamaForCausalLM(config).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "norm" in name:
                weight.add_(torch.randn_like(weight) * 0.1)
    if heads == 4:
        model.save_pretrained("llama")  # the first case once more, as transformers writes a folder
    tokens = torch.randint(0, 37, (1, 41))
    weights = {n: w for n, w in model.state_dict().items() if not (tied and n == "lm_head.weight")}
    with torch.no_grad():
        logits = model(tokens).logits[0]
        start = tokens[:, :5]
        greedy = model.generate(
            start, attention_mask=torch.ones_like(start), max_new_tokens=20, do_sample=False, eos_token_id=None,
            pad_token_id=0)[0, 5:]
    return {
        "heads": heads, "keyValueHeads": groups, "tied": tied, "tokens": tokens[0].tolist(),
        "logits": {str(i): numbers(logits[i]) for i in (0, 4, 16, 40)}, "greedy": greedy.tolist(),
        "weights": {n: numbers(w) for n, w in weights.items()}}


def recurrent(kind):
    torch.manual_seed(11)
    V, C, L = 23, 20, 2
    embed = torch.nn.Embedding(V, C)
    net = (torch.nn.LSTM if kind == "lstm" else torch.nn.GRU)(C, C, L, batch_first=True)
    head = torch.nn.Linear(C, V)
    with torch.no_grad():
        for p in net.parameters():
            p.mul_(4)
        tokens = torch.randint(0, V, (1, 30))
        logits = head(net(embed(tokens))[0])[0]
    weights = {"embed.weight": embed.weight, "head.weight": head.weight, "head.bias": head.bias}
    for i in range(L):
        for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
            weights["layers.%d.%s" % (i, part)] = getattr(net, "%s_l%d" % (part, i))
    return {
        "tokens": tokens[0].tolist(), "logits": {str(i): numbers(logits[i]) for i in (0, 9, 29)},
        "weights": {n: numbers(w) for n, w in weights.items()}}


def vae():
    torch.manual_seed(13)
    V, E, C, Z = 19, 9, 14, 5
    embed = torch.nn.Embedding(V, E)
    encoder = torch.nn.GRU(E, C, batch_first=True)
    mean, log_variance, initial = torch.nn.Linear(C, Z), torch.nn.Linear(C, Z), torch.nn.Linear(Z, C)
    decoder = torch.nn.GRU(E + Z, C, batch_first=True)
    head = torch.nn.Linear(C, V)
    tokens = torch.randint(0, V, (1, 12))
    with torch.no_grad():
        latent = mean(encoder(embed(tokens))[0][:, -1])
        x = torch.cat([embed(tokens), latent.unsqueeze(1).expand(1, 12, Z)], -1)
        logits = head(decoder(x, torch.tanh(initial(latent)).unsqueeze(0))[0])[0]
    weights = {"embed.weight": embed.weight}
    for name, part in (("mean", mean), ("log_variance", log_variance), ("initial", initial), ("head", head)):
        weights[name + ".weight"], weights[name + ".bias"] = part.weight, part.bias
    for name, net in (("encoder", encoder), ("decoder", decoder)):
        for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
            weights["%s.%s" % (name, part)] = getattr(net, part + "_l0")
    return {
        "tokens": tokens[0].tolist(), "mean": numbers(latent), "logits": {str(i): numbers(logits[i]) for i in (0, 11)},
        "weights": {n: numbers(w) for n, w in weights.items()}}


if __name__ == "__main__":
    with open("decoders.json", "w") as out:
        json.dump({
            "program": "transformers %s, torch %s" % (transformers.__version__, torch.__version__),
            "command": "python decoders.py", "tolerance": 1e-4,
            "llama": [llama(False, 4, 2), llama(True, 3, 1), llama(True, 2, 2)],
            "lstm": recurrent("lstm"), "gru": recurrent("gru"), "vae": vae()}, out)
        out.write("\n")
