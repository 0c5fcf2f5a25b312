"""Writes bleu.json: reference values of sacrebleu for BleuTest.

    pip install sacrebleu==2.6.0
    python bleu.py > bleu.json
"""
import json
import sacrebleu
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a
from sacrebleu.tokenizers.tokenizer_zh import TokenizerZh

english = [
    ("The kettle is on, and the tea costs 12.50 yuan.",
     ["The kettle is on and the tea costs 12.50 yuan.", "Tea is 12.50 yuan; the kettle is on."]),
    ("Come in from the rain!", ["Come in out of the rain.", "Please come in from the rain!"]),
    ("It's a well-known shop (since 1998-99).", ["It is a well-known shop, since 1998-99."]),
    ("A cup", ["A cup of white tea with honey"]),
    ("nothing in common here at all", ["quite different words stand there"]),
]
chinese = [
    ("外面风大，进来喝一杯热茶。", ["外面下雨，进来喝一杯茶吧。", "风大，喝一杯热茶。"]),
    ("这款茶128元，产自杭州。", ["这款绿茶128元一罐，产自杭州。"]),
    ("店里的猫很安静。", ["猫在店里很安静。"]),
]


def corpus(pairs, tokenize):
    longest = max(len(refs) for _, refs in pairs)
    streams = [[refs[i] if i < len(refs) else None for _, refs in pairs] for i in range(longest)]
    score = sacrebleu.metrics.BLEU(tokenize=tokenize).corpus_score([text for text, _ in pairs], streams)
    sentence = sacrebleu.metrics.BLEU(tokenize=tokenize, effective_order=True)
    words = Tokenizer13a() if tokenize == "13a" else TokenizerZh()
    return {
        "texts": [text for text, _ in pairs],
        "references": [refs for _, refs in pairs],
        "words": [words(text).split() for text, _ in pairs],
        "score": score.score,
        "precisions": score.precisions,
        "brevity": score.bp,
        "sentences": [sentence.sentence_score(text, refs).score for text, refs in pairs],
    }


print(json.dumps({
    "program": "sacrebleu " + sacrebleu.__version__,
    "command": "python bleu.py > bleu.json",
    "tolerance": 1e-6,
    "reason": "double precision on both sides; the sums are in another order",
    "english": corpus(english, "13a"),
    "chinese": corpus(chinese, "zh"),
}, ensure_ascii=False, indent=1))
