"""Interchange of whole model folders with transformers, both ways: reference values for InterchangeTest, and a check
of any model trained here.

    pip install torch==2.13.0 transformers==5.18.0 tokenizers==0.23.2
    python interchange.py make                    # folders that transformers writes, and what it makes of them:
                                                  #   interchange/llama-*, interchange/transformers.json
    python interchange.py read                    # what transformers makes of the folders that Athanor wrote:
                                                  #   interchange/athanor-* to interchange/athanor.json
    python interchange.py compare FOLDER OURS     # any Transformer folder against what bench/interchange/Ours.java
                                                  #   said of it: bench/interchange/run.sh does both

Everything is computed in float32 on the CPU, with random weights from fixed seeds. Tolerance 1e-4 on logits, since sums
of float32 differ in their order; ids and texts must be equal.
"""

import json
import os
import sys

import tokenizers
import torch
import transformers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "interchange")
PROMPTS = ["The tea", "", "茶 is green, and the cup…"]
NEW_TOKENS = 24


def tokenizer():
    bytes_first = Tokenizer(models.BPE())
    bytes_first.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytes_first.decoder = decoders.ByteLevel()
    text = ["The tea is green and the cup is blue, the tea is in the cup and the pot is warm.", "绿茶 与 红茶 的 茶杯"]
    bytes_first.train_from_iterator(text * 9, trainers.BpeTrainer(
        vocab_size=300, special_tokens=["<s>", "</s>", "<pad>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False))
    bytes_first.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A $B", special_tokens=[("<s>", bytes_first.token_to_id("<s>"))])
    return PreTrainedTokenizerFast(
        tokenizer_object=bytes_first, bos_token="<s>", eos_token="</s>", pad_token="<pad>", model_max_length=64)


def llama(seed, words, **more):
    torch.manual_seed(seed)
    model = LlamaForCausalLM(LlamaConfig(
        vocab_size=len(words), hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4,
        max_position_embeddings=64, rms_norm_eps=1e-5, initializer_range=0.4, bos_token_id=words.bos_token_id,
        eos_token_id=words.eos_token_id, pad_token_id=words.pad_token_id, **more)).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "norm" in name:
                weight.add_(torch.randn_like(weight) * 0.1)
    return model


def say(folder, prompts):
    """Ids, logits of the prompt's last token and greedy text, as anyone would ask for them."""
    words = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    answers = []
    for prompt in prompts:
        ids = words(prompt, return_tensors="pt").input_ids.long()
        if ids.shape[1] == 0:  # a running text begins after a line break, as `athanor generate` does
            ids = words("\n", return_tensors="pt").input_ids
        with torch.no_grad():
            logits = model(ids).logits[0, -1]
            written = model.generate(
                ids, attention_mask=torch.ones_like(ids), do_sample=False,
                max_new_tokens=min(NEW_TOKENS, model.config.max_position_embeddings - ids.shape[1]))[0, ids.shape[1]:]
        end = written[-1].item() == words.eos_token_id
        answers.append({
            "prompt": prompt, "ids": ids[0].tolist(), "logits": [float("%.7g" % v) for v in logits.tolist()],
            "greedy": written.tolist(), "ended": end, "text": words.decode(written, skip_special_tokens=True)})
    return answers


def write(name, command, folders):
    with open(os.path.join(HERE, name), "w") as out:
        json.dump({
            "program": "transformers %s, tokenizers %s, torch %s" % (
                transformers.__version__, tokenizers.__version__, torch.__version__),
            "command": command, "seeds": "in the script", "tolerance": 1e-4,
            "reason": "sums of float32 differ in their order",
            "folders": {folder: say(os.path.join(HERE, folder), PROMPTS) for folder in folders}}, out)
        out.write("\n")


def make():
    words = tokenizer()
    for name, seed, dtype, more in (
            # A seed whose texts come to an end, so that the end is tested too.
            ("llama-grouped-tied", 69, torch.float32, dict(num_key_value_heads=2, tie_word_embeddings=True)),
            ("llama-untied-bfloat16", 2, torch.bfloat16, dict(num_key_value_heads=1, tie_word_embeddings=False)),
            ("llama-float16", 3, torch.float16, dict(tie_word_embeddings=False, rope_theta=5e5))):
        folder = os.path.join(HERE, name)
        shards = dict(max_shard_size="15KB") if dtype == torch.bfloat16 else {}
        llama(seed, words, **more).to(dtype).save_pretrained(folder, **shards)
        words.save_pretrained(folder)
    write("transformers.json", "python interchange.py make",
          ["llama-grouped-tied", "llama-untied-bfloat16", "llama-float16"])


def compare(folder, ours):
    """Prints the largest difference of a logit and whether the greedy texts are equal; fails where they are not."""
    with open(ours) as read:
        said = json.load(read)
    theirs = say(folder, [answer["prompt"] for answer in said])
    worst, equal = 0.0, True
    for mine, other in zip(said, theirs):
        difference = max(abs(a - b) for a, b in zip(mine["logits"], other["logits"], strict=True))
        same = mine["ids"] == other["ids"] and mine["text"] == other["text"]
        print("%r: %d tokens, largest difference of a logit %.2e, greedy text %s" % (
            mine["prompt"], len(mine["ids"]), difference, "equal" if same else "DIFFERENT:"))
        if not same:
            print("  ids ours  ", mine["ids"], "\n  ids theirs", other["ids"])
            print("  text ours   %r\n  text theirs %r" % (mine["text"], other["text"]))
        worst, equal = max(worst, difference), equal and same
    print("largest difference %.2e (allowed 1e-4), greedy texts %s" % (worst, "all equal" if equal else "not all equal"))
    sys.exit(0 if worst <= 1e-4 and equal else 1)


if __name__ == "__main__":
    if sys.argv[1:] == ["make"]:
        make()
    elif sys.argv[1:] == ["read"]:
        write("athanor.json", "python interchange.py read",
              sorted(name for name in os.listdir(HERE) if name.startswith("athanor-")))
    elif sys.argv[1:2] == ["compare"] and len(sys.argv) == 4:
        compare(sys.argv[2], sys.argv[3])
    else:
        sys.exit(__doc__)
