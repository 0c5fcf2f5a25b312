#!/usr/bin/env bash
# Do models of pictures keep their memory? The resident set of the program as people start it, looked at every few seconds:
# over an epoch of recipe image-diffusion on 60,000 pictures of 28x28, and over 10,000 samples of the model. The pictures are
# noise: memory does not mind. Fails where the last quarter stands more than a twentieth above the second.
#
#   bench/memory/run.sh
#   EVERY=10 seconds between two looks · PICTURES=60000 · SAMPLES=10000 · HEAP=2g, there from the start: what grows is native
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

EVERY="${EVERY:-10}"
PICTURES="${PICTURES:-60000}"
SAMPLES="${SAMPLES:-10000}"
WORK="$(mktemp -d)"
trap 'rm -rf "$WORK"' EXIT
athanor() { exec "$ROOT/athanor" "$@" --workspace "$WORK/workspace"; }

# idx SIZE...: the header of an IDX file of bytes
idx() {
  local size
  printf '\0\0\x08'"\\x0$#"
  for size in "$@"; do
    printf "$(printf '\\x%02x\\x%02x\\x%02x\\x%02x' $((size >> 24)) $((size >> 16 & 255)) $((size >> 8 & 255)) $((size & 255)))"
  done
}

# watch NAME COMMAND...: runs it, prints what it holds resident, and judges that at the end
watch() {
  local name="$1" pid begun=$SECONDS resident
  shift
  ("$@" >"$WORK/$name.log" 2>&1) &
  pid=$!
  echo "$name: seconds, resident MB"
  while kill -0 "$pid" 2>/dev/null; do
    resident="$(awk '/^VmRSS:/ { printf "%.0f", $2 / 1024 }' "/proc/$pid/status" 2>/dev/null || true)"
    [[ -z "$resident" ]] || echo "$((SECONDS - begun)) $resident" | tee -a "$WORK/$name.resident"
    sleep "$EVERY"
  done
  wait "$pid" || { tail -n 20 "$WORK/$name.log" >&2; die "$name failed"; }
  awk -v name="$name" '{ at[NR] = $2 }
    function highest(from, end, most, i) { for (i = int(from) + 1; i <= end; i++) if (at[i] > most) most = at[i]; return most }
    END {
      if (NR < 8) { print name ": only " NR " looks, too few to judge: take a smaller EVERY"; exit 1 }
      early = highest(NR / 4, NR / 2, 0); late = highest(NR * 3 / 4, NR, 0)
      printf "%s: at most %d MB in the second quarter, %d MB in the last, %.3f times\n", name, early, late, late / early
      exit late > early * 1.05
    }' "$WORK/$name.resident" || grown=1
}

"$ROOT/athanor" --version # builds what is out of date
mkdir "$WORK/pictures"
{ idx "$PICTURES" 28 28 && head -c $((PICTURES * 28 * 28)) /dev/urandom; } >"$WORK/pictures/train-images-idx3-ubyte"
{ idx "$PICTURES" && awk -v n="$PICTURES" 'BEGIN { for (i = 0; i < n; i++) printf "%d", i % 10 }' | tr 0-9 '\0-\11'; } >"$WORK/pictures/train-labels-idx1-ubyte"
(athanor data import "$WORK/pictures" --name pictures) >"$WORK/import.log" 2>&1 || { tail -n 20 "$WORK/import.log" >&2; die "the import failed"; }

export JAVA_TOOL_OPTIONS="-Xms${HEAP:=2g} -Xmx$HEAP -XX:+AlwaysPreTouch"
grown=0
watch epoch athanor train image-diffusion --data pictures --name noise --device cpu --set training.epochs=1 --set training.evaluateEvery=50
watch samples athanor generate noise --count "$SAMPLES" --seed 1 --device cpu --no-sheet --out "$WORK/samples"
exit "$grown"
