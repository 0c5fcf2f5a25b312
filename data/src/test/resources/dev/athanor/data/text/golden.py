"""Writes golden.json and the hugging-face-*.json files: what Hugging Face's tokenizers makes of some texts.

    python -m venv venv && venv/bin/pip install tokenizers==0.23.2
    venv/bin/python golden.py

byte-pairs.json and characters.json are ours: the test GoldenIdsTest writes them to data/target/golden, and they are
copied here when training is meant to change. All texts are of our own writing.
"""
import hashlib
import json
import pathlib
import random

import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

HERE = pathlib.Path(__file__).parent
SEED = 20261123

TRAINING = """\
The ferry leaves at 7 and at 12; it's the only one, so don't miss it! We'll wait, they've said, but we'd rather not.
Beyond the harbour lies the island, and beyond the island the open sea. The sea isn't kind to small boats in 2025.
渡船七点和十二点各开一班，只有这一班，可别误了！他们说会等，但最好不要让人等。
港口外面是小岛，小岛外面是大海。大海对小船并不客气。
def leave(hour):\r\n    return hour in (7, 12)\r\n
Der Hafen, die Fähre, das Meer. Паром уходит в семь. नाव सात बजे जाती है।
"""

LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

TEXTS = [
    "",
    " ",
    "\n",
    "\0",
    "The ferry isn't late; we've 12345 reasons to wait, haven't we?",
    "SHE'LL say it's THEY'RE fault, I'm sure he'd've gone. 'Tis 's' day, it'\u017f ok",
    "渡船今天不开，因为风太大了。明天七点，港口见！",
    "我们用Java写程序，版本25，价格￥1234.50元；〇和々也是汉字。",
    "港口\u3000外面\u2003有 船\u00a0吗",
    "🚀👩‍💻👨‍👩‍👧‍👦 ❤️ 🇨🇳🇪🇺 1️⃣ 👍🏽",
    "a\u0301e\u0308 \u0041\u030a \u1e9b\u0323 नाव की गति café cafe\u0301 ตัวอย่าง",
    "\u0000\u0001\u0002\u0007\u001b\u007f\u0080\u0085\u009f\u00ad\u00ff\ufeff\ufffd\uffff\U0010ffff",
    "  two   three    spaces \t\ttabs\t \n\n\nlines  \n  \n end   ",
    "one\r\ntwo\r\n\r\nthree\rfour\n\r five\u2028six\u2029seven\u000beight\u000cnine",
    "7 77 777 7777 77777 3.14159 1,000,000 \u0661\u0662\u0663\u0664 \u2167\u2168 \u00bd\u00b2\u2460",
    "if (x != null) { return x->y[3] ?? \"none\"; } // 100%\r\n\r\n\t}",
    "<|end|> and <|begin|><|pad|>, <0x41>, \u0120\u010a, \u2581x, <|endoftext|>",
    "𠀀𠀁𪜀\U0002ebf0\U00031350 㐀㐁 \ufa0e\ufa6e 한국어 ひらがなカタカナ",
    "<think>no</think><tool>x</tool><<think>>",
    "harbour" * 60,
    "海" * 150,
    "-" * 100 + "\n" * 20 + " " * 50,
]


def random_text(chance):
    pools = [(0x20, 0x7F), (0, 0x100), (0x4E00, 0xA000), (0x300, 0x1000), (0x2000, 0x3100), (0x1F300, 0x1FB00),
             (0, 0x110000)]
    text = ""
    for _ in range(chance.randrange(1, 25)):
        if chance.random() < 0.3:
            text += chance.choice([" ", "  ", "\n", "\r\n", "'s", "'LL", "7", "42", "sea", " the"])
            continue
        low, high = chance.choice(pools)
        point = chance.randrange(low, high)
        text += "x" if 0xD800 <= point < 0xE000 else chr(point)
    return text


def trained(pre_tokenizer, normalizer=None, added=(), ignore_merges=False):
    tokenizer = Tokenizer(models.BPE(ignore_merges=ignore_merges))
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.decoder = decoders.ByteLevel()
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.train_from_iterator([TRAINING], trainers.BpeTrainer(
        vocab_size=360, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=["<|endoftext|>"],
        show_progress=False))
    tokenizer.add_tokens(list(added))
    return tokenizer


def cut(expression):
    return pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(expression), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def kind(expression):
    """How many code points the engine's expression matches, and a hash of their numbers, one a line."""
    matched = []
    for low in range(0, 0x110000, 0x1000):
        text = "".join(chr(c) for c in range(low, low + 0x1000) if not 0xD800 <= c < 0xE000)
        removed = pre_tokenizers.Split(Regex(expression), "removed").pre_tokenize_str(text)
        left = {c for piece, _ in removed for c in piece}
        matched += [ord(c) for c in text if c not in left]
    listing = "".join(f"{c}\n" for c in matched)
    return {"count": len(matched), "sha256": hashlib.sha256(listing.encode()).hexdigest()}


def main():
    trained(pre_tokenizers.ByteLevel(add_prefix_space=False)).save(str(HERE / "hugging-face-gpt2.json"))
    trained(pre_tokenizers.ByteLevel(add_prefix_space=True)).save(str(HERE / "hugging-face-gpt2-space.json"))
    trained(cut(LLAMA3), ignore_merges=True).save(str(HERE / "hugging-face-llama3.json"))
    trained(cut(LLAMA3.replace("{1,3}", "")), normalizers.NFC(), [
        AddedToken("<think>", normalized=False), AddedToken("</think>", normalized=False),
        AddedToken("<tool>", normalized=True), AddedToken("<tool>x", normalized=True),
    ]).save(str(HERE / "hugging-face-qwen2.json"))
    # As older files have it: merges as "a b".
    old = json.loads((HERE / "hugging-face-gpt2.json").read_text("utf-8"))
    old["model"]["merges"] = [" ".join(pair) for pair in old["model"]["merges"]]
    (HERE / "hugging-face-gpt2.json").write_text(json.dumps(old, ensure_ascii=False), "utf-8")

    chance = random.Random(SEED)
    texts = TEXTS + [random_text(chance) for _ in range(60)]
    files = {}
    for name in sorted(path.name for path in HERE.glob("*.json") if path.name != "golden.json"):
        tokenizer = Tokenizer.from_file(str(HERE / name))
        tokenizer.encode_special_tokens = True  # a special token's spelling in a text is plain text
        encoded = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        size = tokenizer.get_vocab_size()
        loose = [[chance.randrange(size) for _ in range(n)] for n in (0, 1, 2, 3, 5, 8, 13, 21, 34, 55)]
        loose += [[chance.choice(ids) for _ in range(6)] for ids in encoded if ids]
        files[name] = {
            "ids": encoded,
            "loose": [{"ids": ids, "text": tokenizer.decode(ids, skip_special_tokens=True)} for ids in loose],
        }
    golden = {
        "program": "Hugging Face tokenizers",
        "version": tokenizers.__version__,
        "command": "python golden.py",
        "seed": SEED,
        "tolerance": "none: ids are whole numbers and text is text",
        "texts": texts,
        "files": files,
        "kinds": {expression: kind(expression) for expression in [r"\p{L}", r"\p{M}", r"\p{N}", r"\s"]},
    }
    (HERE / "golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n", "utf-8")


main()
