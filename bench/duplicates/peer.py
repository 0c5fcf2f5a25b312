"""Drops duplicates with datasketch, end to end: reads jsonl, writes jsonl.

Usage: peer.py exact|minhash texts.jsonl kept.jsonl
Prints MB/s and how many texts stay. DATASKETCH may name a folder with the package.
"""
import hashlib
import json
import os
import pathlib
import re
import sys
import time

sys.path.insert(0, os.environ.get("DATASKETCH", ""))
from datasketch import MinHash, MinHashLSH  # noqa: E402

WORD = re.compile("[\u3041-\u30ff\u4e00-\u9fff]|(?:(?![\u3041-\u30ff\u4e00-\u9fff])[^\\W_])+")
SIZE, PERMUTATIONS, THRESHOLD = 5, 128, 0.7
BANDS = (12, 8)  # as ours


def shingles(text):
    words = WORD.findall(text.lower())
    if len(words) < SIZE:
        return {" ".join(words)} if words else set()
    return {" ".join(words[i:i + SIZE]) for i in range(len(words) - SIZE + 1)}


def similar_dropped(texts):
    """The rows that go: of each group of similar texts all but the first."""
    above = list(range(len(texts)))

    def first(row):
        while above[row] != row:
            above[row] = above[above[row]]
            row = above[row]
        return row

    lsh = MinHashLSH(num_perm=BANDS[0] * BANDS[1], params=BANDS)
    sets = []
    for row, text in enumerate(texts):
        found = shingles(text)
        sets.append(found)
        if not found:
            continue
        signature = MinHash(num_perm=BANDS[0] * BANDS[1], seed=1)
        signature.update_batch([s.encode() for s in found])
        for other in lsh.query(signature):
            common = len(found & sets[other])
            if common >= THRESHOLD * (len(found) + len(sets[other]) - common):
                a, b = first(row), first(other)
                above[max(a, b)] = min(a, b)
        lsh.insert(row, signature)
    return {row for row in range(len(texts)) if first(row) != row}


mode, source, target = sys.argv[1:4]
start = time.perf_counter()
seen, lines, texts, size = set(), [], [], 0
with open(source, encoding="utf-8") as file:
    for line in file:
        text = json.loads(line)["text"]
        data = text.encode()
        size += len(data)
        content = hashlib.sha256(data).digest()
        if content not in seen:
            seen.add(content)
            lines.append(line)
            texts.append(text)
dropped = similar_dropped(texts) if mode == "minhash" else set()
with open(target, "w", encoding="utf-8") as out:
    out.writelines(line for row, line in enumerate(lines) if row not in dropped)
seconds = time.perf_counter() - start
print(f"{size / 1e6 / seconds:.3f} {len(texts) - len(dropped)}")
