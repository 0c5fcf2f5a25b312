#!/usr/bin/env bash
# Cleaning on one thread: ours against datatrove, in turn, with the same steps (Gopher's repetition and quality rules,
# FineWeb's rules, e-mail and IP addresses replaced).
#   bench/cleaning/run.sh [--force] english|chinese text.txt...
# Each text is a UTF-8 file whose documents are divided by empty lines. Prints MB/s of both, their ratio (ours over
# theirs, above 1 is faster), and how many documents each kept. ROUNDS=5 sets how often. The peer is in PEERS, a
# virtual environment, or in bench/cleaning/.venv, which is made on first use.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

TEXTS=()
for argument in "$@"; do
  [[ "$argument" == --force ]] || TEXTS+=("$argument")
done
((${#TEXTS[@]} > 1)) || die "usage: bench/cleaning/run.sh [--force] english|chinese text.txt..."
LANGUAGE="${TEXTS[0]}"
[[ "$LANGUAGE" == english || "$LANGUAGE" == chinese ]] || die "\"$LANGUAGE\": expected english or chinese"
find_java
PYTHON="${PEERS:-$BENCH/cleaning/.venv}/bin/python"
if [[ ! -x "$PYTHON" ]]; then
  [[ -z "${PEERS:-}" ]] || die "PEERS=$PEERS has no bin/python"
  python3 -m venv "$BENCH/cleaning/.venv"
  "$PYTHON" -m pip install -r "$BENCH/cleaning/requirements.txt"
fi
require_quiet "$@"
compile_module data

"$JAVA" -version 2>&1 | head -1
for text in "${TEXTS[@]:1}"; do
  for ((round = 0; round < ${ROUNDS:-5}; round++)); do
    read -r ours kept cores < <("$JAVA" -cp "$CLASSES" "$BENCH/cleaning/Ours.java" "$text")
    read -r theirs kept2 cores2 < <("$PYTHON" "$BENCH/cleaning/peer.py" "$LANGUAGE" "$text")
    name="$(basename "$text")"
    echo "$name:ours-MB/s $ours"
    echo "$name:theirs-MB/s $theirs"
    echo "$name:ratio $(ratio "$ours" "$theirs")"
    echo "$name:ours-kept $kept"
    echo "$name:theirs-kept $kept2"
    echo "$name:ours-CPU-MB/s $cores"
    echo "$name:theirs-CPU-MB/s $cores2"
    echo "$name:CPU-ratio $(ratio "$cores" "$cores2")"
  done | min_and_median
done
