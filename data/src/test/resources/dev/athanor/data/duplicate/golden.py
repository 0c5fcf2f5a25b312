"""Writes golden.json: similarities of texts by sets in Python, and difference hashes of pictures by imagehash.

python golden.py > golden.json
Made with Python 3.11, imagehash 4.3.2 (commit 4e289eb), Pillow 12.3.0.
"""
import json
import re

import imagehash
import numpy
from PIL import Image

NO_BLANKS = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e01-\u0eff"
WORD = re.compile(f"[{NO_BLANKS}]|(?:(?![{NO_BLANKS}])[^\\W_])+")
CHARACTER = re.compile(r"[^\W_]")

PAIRS = [
    ("The quick brown fox jumps over the lazy dog near the river bank today",
     "the QUICK brown fox, jumps over the lazy dog near the old river bank today!"),
    ("Green tea from the hills of Anji, picked before the rains and dried the same day.",
     "Green tea from the hills of Anji, picked after the rains and dried the next day."),
    ("房间很大，床也很舒服，早餐的品种很多，服务员的态度非常好，下次还会来住。",
     "房间很大,床也很舒服,早餐的品种很多,服务员态度非常好,下次还来住!"),
    ("这款 ThinkPad X200 的键盘手感很好，电池可以用 5 个小时，屏幕有点暗。",
     "这款ThinkPad X200的键盘手感很好，电池可以用４个小时，屏幕有点暗。"),
    ("one two", "one two three four five six"),
    ("", "a"),
    ("ñandú Straße ÉCOLE καλημέρα ПРИВЕТ мир", "ÑANDÚ straße école Καλημέρα привет МИР"),
    ("お茶をどうぞ。今日はいい天気ですね", "お茶をどうぞ！今日はとてもいい天気ですね"),
    ("a b a b a b a b", "a b a b"),
]


def narrow(text):
    return "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in text)


def shingles(text, unit, size):
    words = (WORD if unit == "WORDS" else CHARACTER).findall(narrow(text).lower())
    if not words:
        return set()
    if len(words) < size:
        return {tuple(words)}
    return {tuple(words[i:i + size]) for i in range(len(words) - size + 1)}


def jaccard(a, b):
    return len(a & b) / len(a | b) if a | b else 0.0


def picture(seed, width, height):
    """Grey levels that the test makes in the same way."""
    state = seed
    pixels = numpy.zeros((height, width), dtype=numpy.uint8)
    for y in range(height):
        for x in range(width):
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF
            pixels[y, x] = (state >> 16) % 64 * 4
    return pixels


texts = [
    {"a": a, "b": b, "unit": unit, "size": size, "similarity": jaccard(shingles(a, unit, size), shingles(b, unit, size)),
     "shingles": len(shingles(a, unit, size))}
    for a, b in PAIRS for unit, size in (("WORDS", 1), ("WORDS", 2), ("WORDS", 5), ("CHARACTERS", 3))]
hashes = [
    {"seed": seed, "hash": str(imagehash.dhash(Image.fromarray(picture(seed, 9, 8))))} for seed in range(1, 6)]
print(json.dumps({"program": "Python 3.11, imagehash 4.3.2", "command": "python golden.py", "tolerance": "none",
                  "texts": texts, "hashes": hashes}, ensure_ascii=False, indent=1))
