#!/usr/bin/env bash
# What labels are worth, on banking77 (customers' questions, 77 intents): accuracy against labels spent, asked in the order
# of doubt and by chance; planted label errors that are found, beside cleanlab on the same probabilities; and labels that
# come back from noisy votes, beside a majority vote.
#
# bench/labels/run.sh FOLDER      with banking77's train.csv or train.csv.gz, and test.csv (text,category)
#   PEERS   a virtual environment with numpy and cleanlab 2.9.0; without it cleanlab is left out
# Writes the chart to docs/pictures/labels-spent.svg. Numbers do not depend on the machine, only times do.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

[[ $# -ge 1 && -f "$1/test.csv" ]] || die "usage: bench/labels/run.sh FOLDER (with banking77's train.csv or train.csv.gz, and test.csv)"
folder="$1"
train="$folder/train.csv"
[[ -f "$train" ]] || train="$folder/train.csv.gz"
find_java
compile_module data
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"$ROOT/athanor" data import "$train" "$folder/test.csv" --name banking77 --text text --label category --split given \
  --workspace "$work/workspace"
"$ROOT/athanor" data export banking77 --out "$work/texts" --workspace "$work/workspace"
"$(dirname "$JAVA")/javac" -d "$work" -cp "$CLASSES" "$BENCH/labels/Labels.java"
run() { "$JAVA" -Xmx2g -cp "$work:$CLASSES" Labels "$@"; }

run votes
run spend "$work/texts/train.jsonl" "$work/texts/test.jsonl" category "$ROOT/docs/pictures/labels-spent.svg"
run errors "$work/texts/train.jsonl" category "$work/probabilities"
if [[ -n "${PEERS:-}" ]] && "$PEERS/bin/python" -c "import cleanlab" 2>/dev/null; then
  "$PEERS/bin/python" "$BENCH/labels/peer.py" "$work/probabilities10" "$work/probabilities30"
else
  echo "cleanlab is left out: pip install cleanlab==2.9.0 into the environment that PEERS names"
fi
