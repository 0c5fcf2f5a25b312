"""Reference values for the steps that count: repetition, quality and FineWeb's rules as datatrove has them, with words
between blanks, and the variance of the Laplacian as scipy has it.

    pip install scipy numpy nltk regex            and datatrove from source
    python golden.py > golden.json

The texts are made here by a formula, so nothing of them is anybody's.
"""

import json
import random
import sys

import numpy
import scipy
from scipy.ndimage import laplace

import datatrove.pipeline.filters.c4_filters as c4
import datatrove.pipeline.filters.fineweb_quality_filter as fineweb
import datatrove.pipeline.filters.gopher_quality_filter as quality
import datatrove.pipeline.filters.gopher_repetition_filter as repetition
from datatrove.data import Document

WORDS = ("the of and to be with tea shop green black cup water leaf leaves harvest spring mountain slowly opens good old "
         "morning evening visitor writes letters about weather prices gardens seven small boxes").split()


def words_of(text, language):
    return text.split()


for module in (fineweb, quality, repetition):
    module.split_into_words = words_of
c4.split_into_sentences = lambda text, language: [s for s in text.replace("?", ".").replace("!", ".").split(".") if s.strip()]


def text(chance):
    """Lines of words; some lines, paragraphs and phrases come again, some end as sentences do, some are short."""
    again = chance.choice((0, 0, 0.1, 0.3))
    ending = chance.choice((".", ".", "", "...", "?"))
    bullet = chance.choice(("", "", "", "- ", "#"))
    length = chance.choice((3, 8, 14))
    lines = []
    for _ in range(chance.randint(1, 14)):
        if lines and chance.random() < again:
            lines.append(chance.choice(lines))
            continue
        count = chance.randint(1, 2 * length)
        words = [chance.choice(WORDS) for _ in range(count)]
        if count > 6 and chance.random() < again:
            words = words[:3] * (count // 3)
        lines.append(bullet + " ".join(words) + ending)
    return "\n".join(line + ("\n" if chance.random() < 0.2 else "") for line in lines).strip()


def verdict(step, content):
    document = Document(text=content, id="0")
    answer = step.filter(document)
    return "" if answer is True else answer[1]


def rules():
    chance = random.Random(11)
    rows = []
    for _ in range(80):
        content = text(chance)
        words = content.split()
        top = []
        for n in (2, 3, 4):
            grams = repetition.get_n_grams(words, n)
            most = max((grams.count(g) for g in grams), default=0)
            top.append(repetition.find_top_duplicate(grams) if most > 1 else 0)
        rows.append({
            "text": content,
            "commonest": top,
            "repeated": [repetition.find_all_duplicate(words, n) for n in range(5, 11)],
            "lines": repetition.find_duplicates(content.replace("\n\n", "\n").split("\n")),
            "quality": verdict(quality.GopherQualityFilter(min_doc_words=10), content),
            "fineweb": verdict(fineweb.FineWebQualityFilter(char_duplicates_ratio=0.1), content),
            "c4": c4_text(content),
        })
    return rows


def c4_text(content):
    document = Document(text=content, id="0")
    answer = c4.C4QualityFilter(min_num_sentences=3, min_words_per_line=5).filter(document)
    return document.text if answer is True else "dropped"


def pictures():
    rows = []
    for width, height in ((1, 1), (2, 1), (1, 3), (5, 4), (16, 9)):
        grey = numpy.array([[(31 * x * x + 17 * y * y + 7 * x * y) % 256 for x in range(width)] for y in range(height)])
        rows.append({"width": width, "height": height, "variance": float(laplace(grey.astype(float), mode="mirror").var())})
    return rows


GOLDEN = {
    "origin": "golden.py, datatrove 0.10.0 (a649de7), scipy %s, python %s" % (scipy.__version__, sys.version.split()[0]),
    "rules": rules(),
    "pictures": pictures(),
}

print('{"origin": %s,\n"rules": [' % json.dumps(GOLDEN["origin"]))
print(",\n".join(json.dumps(row, ensure_ascii=False) for row in GOLDEN["rules"]))
print('],\n"pictures": %s}' % json.dumps(GOLDEN["pictures"]))
