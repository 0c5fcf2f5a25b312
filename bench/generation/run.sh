#!/usr/bin/env bash
# Generation at batch 1, ours and the peers' in turn, as ratios. Peers: nanoGPT's way of sampling (no cache, the whole
# window again for each token) and transformers' generate; for 100 million parameters also the bound that memory sets:
# bytes of weights a token reads, over the bandwidth of a plain read by two threads.
#
# bench/generation/run.sh [--rounds N] [--force]      memory only: bench/generation/run.sh --memory
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

rounds="$(rounds_of "$@")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
find_java
compile_module generate
"$(dirname "$JAVA")/javac" -d "$work" -cp "$CLASSES" "$BENCH/generation/Ours.java"
ours() { "$JAVA" -Xmx3g -cp "$work:$CLASSES" Ours "$@"; }

if [[ " $* " == *" --memory "* ]]; then
  ours memory
  exit
fi

require_quiet "$@"
find_python
peer() { "$PYTHON" "$BENCH/generation/peers.py" "$@"; }

"$JAVA" -version 2>&1 | head -n 1
"$PYTHON" -c 'import torch, transformers; print("torch", torch.__version__, "transformers", transformers.__version__)'


for round in $(seq "$rounds"); do
  small="$(ours small 15000 | cut -d' ' -f1)"
  sampling="$(peer sampling small 400)"
  within="$(ours within 30000 | cut -d' ' -f1)"
  cached="$(peer transformers small 63)"
  read -r large bytes java_read < <(ours large 150)
  large_cached="$(peer transformers large 60)"
  torch_read="$(peer read)"
  echo "round $round: small $small tokens/s (sampling loop $sampling), within the context $within (transformers $cached)," \
    "100 M $large (transformers $large_cached), read $java_read / $torch_read GB/s"
  {
    echo "small/sampling-loop $(ratio "$small" "$sampling")"
    echo "small/transformers $(ratio "$within" "$cached")"
    echo "large/transformers $(ratio "$large" "$large_cached")"
    echo "large-time/bound-by-java-read $(awk -v b="$java_read" -v n="$bytes" -v r="$large" 'BEGIN { printf "%.3f", b * 1e9 / n / r }')"
    echo "large-time/bound-by-torch-read $(awk -v b="$torch_read" -v n="$bytes" -v r="$large" 'BEGIN { printf "%.3f", b * 1e9 / n / r }')"
  } >>"$work/ratios"
done
min_and_median <"$work/ratios"
echo "load after: $(cut -d' ' -f1 /proc/loadavg)"
