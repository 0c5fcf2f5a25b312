#!/usr/bin/env bash
# How long does a second of sound take? Real-time factors at 8 kHz (seconds of work for a second of sound: below 1 is faster
# than listening) of Griffin-Lim with 32 turns, of the network of recipe audio-vocoder, and of whole synthesis with recipe
# audio-diffusion (12 steps of DPM-Solver++ with guidance, then a voice), ours and Python's in turn.
#
# bench/vocoder/run.sh [--rounds N] [--force]
#   SOUNDS, VOCODER   folders of models trained on 8 kHz, both or none; without them models of the same size with random weights
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

rounds="$(rounds_of "$@")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
require_quiet "$@" # before our own compiling makes it busy
find_java
compile_module generate
"$(dirname "$JAVA")/javac" -d "$work" -cp "$CLASSES" "$BENCH/vocoder/Speaking.java"
find_python
"$JAVA" -version 2>&1 | head -n 1
"$PYTHON" -c 'import librosa, torch; print("torch", torch.__version__, "with", torch.get_num_threads(), "threads, librosa", librosa.__version__)'

for round in $(seq "$rounds"); do
  echo "round $round"
  "$JAVA" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseParallelGC \
    -Dorg.bytedeco.javacpp.nopointergc=true -cp "$work:$CLASSES" Speaking 20 ${SOUNDS:+"$SOUNDS" "$VOCODER"} | tee "$work/ours"
  "$PYTHON" "$BENCH/vocoder/peer.py" 20 | tee "$work/theirs"
  cat "$work/ours" "$work/theirs" >>"$work/factors"
  # Ours begins where theirs does: the strengths of all frequencies are known.
  awk 'NR == FNR { ours[$1] = $2; next }
    { split($1, name, "/"); mine = ours[name[1] == "vocoder" ? "vocoder" : "griffin-lim/magnitudes"]
      printf "times-faster-than/%s %.3f\n", $1, $2 / mine }' "$work/ours" "$work/theirs" >>"$work/ratios"
done
echo "seconds of work for a second of sound:"
min_and_median <"$work/factors" | sed 's/^/  /'
echo "ours against theirs:"
min_and_median <"$work/ratios" | sed 's/^/  /'
echo "load after: $(cut -d' ' -f1 /proc/loadavg)"
