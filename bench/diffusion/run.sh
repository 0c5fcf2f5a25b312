#!/usr/bin/env bash
# Diffusion on 28x28 grey, ours and PyTorch's in turn, as ratios of pictures a second (ours over theirs: above 1, ours is faster).
#
# DIFFUSERS=PATH/TO/diffusers/src bench/diffusion/run.sh [--rounds N] [--compile] [--force]
#   DIFFUSERS   a copy of the diffusers repository's src, for the sampling loop; without it only training is compared
#   --compile   torch.compile too (each start compiles for about a minute)
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

rounds="$(rounds_of "$@")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
require_quiet "$@" # before our own compiling makes it busy
find_java
compile_module generate
sampling="$CLASSES"
compile_module train
training="$CLASSES"
javac="$(dirname "$JAVA")/javac"
"$javac" -d "$work/training" -cp "$training" "$BENCH/diffusion/Training.java"
"$javac" -d "$work/sampling" -cp "$sampling" "$BENCH/diffusion/Sampling.java"
find_python
"$JAVA" -version 2>&1 | head -n 1
"$PYTHON" -c 'import torch; print("torch", torch.__version__)'

ours() {
  local classes="$1"
  shift
  "$JAVA" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseParallelGC \
    -Dorg.bytedeco.javacpp.nopointergc=true -cp "$classes" "$@"
}
peer() { "$PYTHON" "$BENCH/diffusion/peer.py" "$@"; }

modes=(eager channels-last)
[[ " $* " != *" --compile "* ]] || modes+=(compile)
for round in $(seq "$rounds"); do
  mine="$(ours "$work/training:$training" dev.athanor.train.Training 40)"
  for mode in "${modes[@]}"; do
    theirs="$(peer train "$mode" 20)"
    echo "round $round: training $mine pictures/s, $mode $theirs"
    echo "training/$mode $(ratio "$mine" "$theirs")" >>"$work/ratios"
  done
  [[ -n "${DIFFUSERS:-}" ]] || continue
  mine="$(ours "$work/sampling:$sampling" dev.athanor.generate.image.Sampling 5)"
  for mode in "${modes[@]}"; do
    theirs="$(peer sample "$mode" 3)"
    echo "round $round: sampling $mine pictures/s, $mode $theirs"
    echo "sampling/$mode $(ratio "$mine" "$theirs")" >>"$work/ratios"
  done
done
min_and_median <"$work/ratios"
echo "load after: $(cut -d' ' -f1 /proc/loadavg)"
