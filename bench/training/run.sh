#!/usr/bin/env bash
# A training step of ours and of PyTorch in turn, as ratios (theirs over ours: above 1, ours is faster).
#
# bench/training/run.sh [--rounds N] [--busy] [--compile] [--force]
#   --busy      another process keeps a core busy all the while
#   --compile   torch.compile too (each start compiles for about a minute)
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

rounds="$(rounds_of "$@")"
work="$(mktemp -d)"
busy=
trap '[[ -z "$busy" ]] || kill "$busy"; rm -rf "$work"' EXIT
require_quiet "$@" # before our own compiling makes it busy
find_java
compile_module train
"$(dirname "$JAVA")/javac" -d "$work" -cp "$CLASSES" "$BENCH/training/Ours.java"
find_python
"$JAVA" -version 2>&1 | head -n 1
"$PYTHON" -c 'import torch; print("torch", torch.__version__)'

ours() {
  "$JAVA" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseParallelGC \
    -Dorg.bytedeco.javacpp.nopointergc=true -cp "$work:$CLASSES" dev.athanor.train.Ours "$@"
}
peer() { "$PYTHON" "$BENCH/training/peers.py" "$@"; }

if [[ " $* " == *" --busy "* ]]; then
  (while :; do :; done) &
  busy=$!
fi
modes=(eager)
[[ " $* " != *" --compile "* ]] || modes+=(compile)
for round in $(seq "$rounds"); do
  for pair in transformer/gpt transformer/llama lstm/lstm gru/gru; do
    mine="$(ours "${pair%/*}" 300)"
    for mode in "${modes[@]}"; do
      theirs="$(peer "${pair#*/}" "$mode" 200)"
      echo "round $round: ${pair%/*} $mine ms, ${pair#*/} $mode $theirs ms"
      echo "${pair%/*}/${pair#*/}-$mode $(ratio "$theirs" "$mine")" >>"$work/ratios"
    done
  done
done
min_and_median <"$work/ratios"
echo "load after: $(cut -d' ' -f1 /proc/loadavg)"
