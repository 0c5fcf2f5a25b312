#!/usr/bin/env bash
# Does training keep its memory? The resident set while a tiny recipe takes 20,000 steps, looks at the validation split and
# checkpoints included. Fails where it grew by more than a fiftieth from step 10,000 on: until then the JVM compiles the loop.
#   bench/training-memory/run.sh [RECIPE]...        by default text-transformer text-lstm text-gru text-vae
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

(($#)) || set -- text-transformer text-lstm text-gru text-vae
find_java
compile_module train
WORK="$(mktemp -d)"
trap 'rm -rf "$WORK"' EXIT
export OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 # operators this small only wait for each other's threads
for recipe in "$@"; do
  # The launcher's flags that touch memory, and a heap that is there from the start: what grows then is native.
  "$JAVA" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dorg.bytedeco.javacpp.nopointergc=true -XX:+UseParallelGC -Xms256m -Xmx256m -XX:+AlwaysPreTouch \
    -cp "$CLASSES" "$BENCH/training-memory/Memory.java" "$recipe" "$WORK/$recipe"
done
