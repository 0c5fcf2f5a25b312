#!/usr/bin/env bash
# Models of pictures on 28x28 grey, ours and PyTorch's in turn, as ratios of pictures a second (ours over theirs: above 1,
# ours is faster). Training of the recipes image-diffusion, image-vae and image-gan, and sampling with diffusion.
#
# DIFFUSERS=PATH/TO/diffusers/src bench/pictures/run.sh [diffusion|vae|gan|sampling]... [--rounds N] [--compile] [--force]
#   diffusion ...  only these; by default all, sampling where DIFFUSERS is set
#   DIFFUSERS      a copy of the diffusers repository's src, for the sampling loop
#   --compile      torch.compile too (it takes g++; each start compiles for a minute or more, which is not counted)
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

rounds="$(rounds_of "$@")"
modes=(eager channels-last)
parts=()
for argument in "$@"; do
  case "$argument" in
    diffusion | vae | gan | sampling) parts+=("$argument") ;;
    --compile) modes+=(compile) ;;
  esac
done
((${#parts[@]})) || parts=(diffusion vae gan ${DIFFUSERS:+sampling})

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
require_quiet "$@" # before our own compiling makes it busy
find_java
compile_module generate
sampling="$CLASSES"
compile_module train
training="$CLASSES"
javac="$(dirname "$JAVA")/javac"
"$javac" -d "$work/training" -cp "$training" "$BENCH/pictures/Training.java"
"$javac" -d "$work/sampling" -cp "$sampling" "$BENCH/pictures/Sampling.java"
find_python
"$JAVA" -version 2>&1 | head -n 1
"$PYTHON" -c 'import torch; print("torch", torch.__version__, "with", torch.get_num_threads(), "threads")'

ours() {
  local classes="$1"
  shift
  "$JAVA" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseParallelGC \
    -Dorg.bytedeco.javacpp.nopointergc=true -cp "$classes" "$@"
}
peer() { "$PYTHON" "$BENCH/pictures/peer.py" "$@"; }

# compare NAME MINE THEIRS: pictures a second
compare() {
  echo "round $round: $1 $3 pictures/s, ours $2"
  echo "$1 $(ratio "$2" "$3")" >>"$work/ratios"
}

# train RECIPE PEER...: a recipe against PyTorch's ways to train its network, in each mode
train() {
  local recipe="$1" mine learnt theirs also way mode
  shift
  read -r mine learnt < <(ours "$work/training:$training" dev.athanor.train.Training "$recipe" 40)
  for way in "$@"; do
    for mode in "${modes[@]}"; do
      [[ "$way/$mode" != image-gan-r3gan/compile ]] || continue # it cannot derive twice
      read -r theirs also < <(peer train "$way" "$mode" 20)
      [[ "$also" == "$learnt" ]] || die "$recipe has $learnt parameters and the peer's $way $also: they must be the same network"
      compare "$way/$mode" "$mine" "$theirs"
    done
  done
}

for round in $(seq "$rounds"); do
  for part in "${parts[@]}"; do
    case "$part" in
      diffusion) train image-diffusion image-diffusion ;;
      vae) train image-vae image-vae ;;
      gan) train image-gan image-gan image-gan-passes image-gan-r3gan ;;
      sampling)
        [[ -n "${DIFFUSERS:-}" ]] || die "sampling is compared with the loop of diffusers: set DIFFUSERS to its src"
        mine="$(ours "$work/sampling:$sampling" dev.athanor.generate.image.Sampling 5)"
        for mode in "${modes[@]}"; do
          compare "sampling/$mode" "$mine" "$(peer sample "$mode" 3)"
        done
        ;;
    esac
  done
done
min_and_median <"$work/ratios"
echo "load after: $(cut -d' ' -f1 /proc/loadavg)"
