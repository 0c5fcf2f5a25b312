#!/usr/bin/env bash
# Byte-pair encoding on one thread: ours against Hugging Face's tokenizers, in turn, with the same tokenizer.json.
#   bench/tokenizer/run.sh [--force] text.txt...
# Each text is a UTF-8 file; a tokenizer of 4096 tokens is trained on it first. Prints MB/s of both and their ratio
# (ours over theirs, above 1 is faster), and fails where the ids differ. ROUNDS=5 sets how often.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

TEXTS=()
for argument in "$@"; do
  [[ "$argument" == --force ]] || TEXTS+=("$argument")
done
((${#TEXTS[@]})) || die "usage: bench/tokenizer/run.sh [--force] text.txt..."
find_java
find_python
require_quiet "$@"
compile_module data

WORK="$(mktemp -d)"
trap 'rm -rf "$WORK"' EXIT
"$JAVA" -version 2>&1 | head -1
OURS=("$JAVA" -cp "$CLASSES" "$BENCH/tokenizer/EncodingSpeed.java")
for text in "${TEXTS[@]}"; do
  "${OURS[@]}" train "$text" "$WORK/tokenizer.json"
  "$PYTHON" "$BENCH/tokenizer/peer.py" "$WORK/tokenizer.json"
  for ((round = 0; round < ${ROUNDS:-5}; round++)); do
    read -r name ours count sum < <("${OURS[@]}" "$WORK/tokenizer.json" "$text")
    read -r _ theirs count2 sum2 < <("$PYTHON" "$BENCH/tokenizer/peer.py" "$WORK/tokenizer.json" "$text")
    [[ "$count $sum" == "$count2 $sum2" ]] || die "$name: ids differ: $count ($sum) and $count2 ($sum2)"
    echo "$name:ours-MB/s $ours"
    echo "$name:theirs-MB/s $theirs"
    echo "$name:ratio $(awk -v a="$ours" -v b="$theirs" 'BEGIN { print a / b }')"
  done | min_and_median
done
