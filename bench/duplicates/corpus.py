"""Writes texts with planted duplicates, the same for the same arguments.

Usage: corpus.py MEGABYTES english|chinese texts.jsonl
Words follow Zipf's law; lengths are log-normal. A tenth of the texts repeat an earlier one, and a tenth are an
earlier one with some words changed.
"""
import itertools
import json
import random
import sys

megabytes, language, path = float(sys.argv[1]), sys.argv[2], sys.argv[3]
random.seed(1997)
LETTERS = "eeeeeaaaattttooooiiinnnnssshhhrrrddlllcumwfgypbvk"


def word():
    if language == "chinese":
        return chr(random.randrange(0x4E00, 0x4E00 + 3500))
    return "".join(random.choice(LETTERS) for _ in range(random.randint(2, 9)))


vocabulary = [word() for _ in range(3000 if language == "chinese" else 50_000)]
weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(len(vocabulary))))
blank, stop = ("", "。") if language == "chinese" else (" ", ". ")


def words(count):
    return random.choices(vocabulary, cum_weights=weights, k=count)


def text(tokens):
    sentences = [blank.join(tokens[i:i + 14]) for i in range(0, len(tokens), 14)]
    return stop.join(sentences).strip() + stop.strip()


kept, written = [], 0
with open(path, "w", encoding="utf-8") as out:
    while written < megabytes * 1e6:
        chance = random.random()
        if kept and chance < 0.2:
            tokens = list(random.choice(kept))
            if chance < 0.1:
                for _ in range(1 + len(tokens) // 100):
                    tokens[random.randrange(len(tokens))] = words(1)[0]
        else:
            tokens = words(max(8, int(random.lognormvariate(4.8, 0.8))))
            if len(kept) < 20_000:
                kept.append(tokens)
        line = text(tokens)
        written += len(line.encode())
        out.write(json.dumps({"text": line}, ensure_ascii=False) + "\n")
