"""Writes sampling.json: which tokens transformers' logits processors leave, and with which probability.

Run: python sampling.py   (torch, transformers)
Tolerance in the test: 1e-5, float32 against double sums.
"""
import json

import torch
import transformers
from transformers.generation.logits_process import (
    MinPLogitsWarper, RepetitionPenaltyLogitsProcessor, TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper)

if __name__ == "__main__":
    torch.manual_seed(3)
    cases = []
    for temperature, k, p, minimum, penalty in [
            (1.0, 0, 1.0, 0.0, 1.0), (0.7, 0, 1.0, 0.0, 1.0), (1.0, 1, 1.0, 0.0, 1.0), (1.0, 5, 1.0, 0.0, 1.0),
            (1.3, 0, 0.9, 0.0, 1.0), (1.0, 0, 0.2, 0.0, 1.0), (1.0, 0, 1.0, 0.1, 1.0), (1.0, 0, 1.0, 0.0, 1.3),
            (0.8, 10, 0.8, 0.05, 1.2), (2.0, 50, 0.95, 0.02, 0.8), (0.5, 100, 0.99, 0.0, 1.0)]:
        scores = torch.randn(1, 40) * 3
        seen = torch.randint(0, 40, (1, 12))
        out = scores
        if penalty != 1.0:
            out = RepetitionPenaltyLogitsProcessor(penalty)(seen, out)
        if temperature != 1.0:
            out = TemperatureLogitsWarper(temperature)(seen, out)
        if k > 0:
            out = TopKLogitsWarper(k)(seen, out)
        if p < 1.0:
            out = TopPLogitsWarper(p)(seen, out)
        if minimum > 0:
            out = MinPLogitsWarper(minimum)(seen, out)
        cases.append({
            "temperature": temperature, "topK": k, "topP": p, "minP": minimum, "repetitionPenalty": penalty,
            "seen": seen[0].tolist(), "scores": scores[0].tolist(), "probabilities": torch.softmax(out, -1)[0].tolist()})
    with open("sampling.json", "w") as out:
        json.dump({
            "program": "transformers %s, torch %s" % (transformers.__version__, torch.__version__),
            "command": "python sampling.py", "tolerance": 1e-5, "cases": cases}, out)
        out.write("\n")
