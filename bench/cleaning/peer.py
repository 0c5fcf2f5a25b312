"""Cleans the documents of a text with datatrove on one thread and prints MB/s, how many are kept, and MB for each
second of the processor: the faster of two passes, after one short one of warming up.

    peer.py english|chinese text.txt
"""

import re
import sys
import time

from datatrove.data import Document
from datatrove.pipeline.filters.fineweb_quality_filter import FineWebQualityFilter
from datatrove.pipeline.filters.gopher_quality_filter import GopherQualityFilter
from datatrove.pipeline.filters.gopher_repetition_filter import GopherRepetitionFilter
from datatrove.pipeline.formatters.pii import PIIFormatter

LANGUAGE = {"english": "eng", "chinese": "zho_Hani"}[sys.argv[1]]
EVERYDAY = None if LANGUAGE == "eng" else list("的是不了在有和我这也都")


def clean(documents):
    repetition = GopherRepetitionFilter(language=LANGUAGE)
    quality = GopherQualityFilter(language=LANGUAGE, stop_words=EVERYDAY)
    fineweb = FineWebQualityFilter(language=LANGUAGE, char_duplicates_ratio=0.1)
    personal = PIIFormatter()
    kept = 0
    for text in documents:
        document = Document(text=text, id="")
        if all(step.filter(document) is True for step in (repetition, quality, fineweb)):
            document.text = personal.format(document.text)
            kept += 1
    return kept


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        text = file.read()
    documents = re.split("\n\n+", text.strip())
    megabytes = len(text.encode()) / 1e6
    clean(documents[:50])
    best, processor, kept = 0, 0, 0
    for _ in range(2):
        start, used = time.perf_counter(), time.process_time()
        kept = clean(documents)
        best = max(best, megabytes / (time.perf_counter() - start))
        processor = max(processor, megabytes / (time.process_time() - used))
    print(f"{best:.3f} {kept} {processor:.3f}")


main()
