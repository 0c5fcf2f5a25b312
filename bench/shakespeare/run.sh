#!/usr/bin/env bash
# Tiny Shakespeare in equal time: PyTorch eager takes nanoGPT's 2,000 CPU steps, then ours train for the seconds that took.
# Prints the loss over the whole last tenth in nats a character, for each.
#
# bench/shakespeare/run.sh FOLDER [--force]      FOLDER holds input.txt or input.txt.gz
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

folder="${1:?give the folder that holds input.txt or input.txt.gz}"
require_quiet "$@"
find_python
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
if [[ -f "$folder/input.txt" ]]; then cp "$folder/input.txt" "$work"; else gunzip -c "$folder/input.txt.gz" >"$work/input.txt"; fi

athanor() { "$ROOT/athanor" "$@" --workspace "$work/shop"; }
athanor data get tinyshakespeare --from "$folder" >&2
read -r seconds loss < <("$PYTHON" "$BENCH/shakespeare/peer.py" "$work/input.txt")
"$PYTHON" -c 'import torch; print("torch", torch.__version__)'
echo "nanoGPT's model, PyTorch eager, 2,000 steps: $seconds s, $loss nats a character"
for recipe in shakespeare-transformer shakespeare-byte-pairs; do
  athanor train "$recipe" --data tinyshakespeare --name "$recipe" \
    --set "training.minutes=$(awk -v s="$seconds" 'BEGIN { printf "%.4f", s / 60 }')" >&2
  athanor evaluate "$recipe" --data tinyshakespeare --split validation --json >"$work/card.json"
  "$PYTHON" - "$recipe" "$work/card.json" "$work/shop/models/$recipe/card.json" <<'PRINT'
import json, math, sys
card, model = json.load(open(sys.argv[2])), json.load(open(sys.argv[3]))
nats = card["heldOut"]["bitsPerCharacter"] * math.log(2)
print(f"{sys.argv[1]}: {model['trainingSeconds']:.1f} s, {model['steps']} steps, {nats:.4f} nats a character")
PRINT
done
echo "load after: $(cut -d' ' -f1 /proc/loadavg)"
