#!/usr/bin/env bash
# A convolution of 3 x 3, forward and back, by libtorch and by ours in turn, in GFLOP/s of the plain way.
#
# bench/convolution/run.sh [--rounds N] [--workers N] [--force]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

workers="$(getconf _NPROCESSORS_ONLN)"
[[ "$*" != *--workers* ]] || workers="$(sed 's/.*--workers *\([0-9]*\).*/\1/' <<<"$*")"
rounds=40
[[ " $* " != *" --rounds "* ]] || rounds="$(rounds_of "$@")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
require_quiet "$@" # before our own compiling makes it busy
find_java
compile_module torch
"$(dirname "$JAVA")/javac" -d "$work" -cp "$CLASSES" "$BENCH/convolution/Ours.java"
"$JAVA" -version 2>&1 | head -n 1
"$JAVA" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseParallelGC \
  -Dorg.bytedeco.javacpp.nopointergc=true -cp "$work:$CLASSES" dev.athanor.torch.cpu.Ours "$workers" "$rounds"
echo "load after: $(cut -d' ' -f1 /proc/loadavg)"
