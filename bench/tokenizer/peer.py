"""Times Hugging Face tokenizers on one thread.

Usage: peer.py tokenizer.json text [text...]
Prints for each text: name, MB/s of the fastest of some passes, number of ids, a checksum of the ids.
"""
import os
import pathlib
import sys
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"
import tokenizers  # noqa: E402

PASSES = 5
PIECE = 4096  # characters in one text that is encoded, as in the Java side


def pieces(text):
    return [text[i:i + PIECE] for i in range(0, len(text), PIECE)]


def checksum(ids):
    total = 0
    for i in ids:
        total = (31 * total + i) & 0xFFFFFFFF
    return total


tokenizer = tokenizers.Tokenizer.from_file(sys.argv[1])
tokenizer.encode_special_tokens = True
if len(sys.argv) == 2:
    print("tokenizers", tokenizers.__version__, "Python", sys.version.split()[0])
for path in sys.argv[2:]:
    data = pathlib.Path(path).read_bytes()
    texts = pieces(data.decode("utf-8"))
    best = float("inf")
    for _ in range(PASSES):
        start = time.perf_counter()
        # The fastest call there is: it leaves out the offsets that encode_batch computes.
        encoded = tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        best = min(best, time.perf_counter() - start)
    ids = [i for e in encoded for i in e.ids]
    print(pathlib.Path(path).name, f"{len(data) / 1e6 / best:.2f}", len(ids), checksum(ids))
