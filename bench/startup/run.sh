#!/usr/bin/env bash
# How long does a person wait for the first answer? Whole processes through the launcher, in seconds: the version, a
# listing, and a text of 100 tokens from a small model (recipe text-transformer's size; it is trained for one step).
#   bench/startup/run.sh [--force]       ROUNDS=5 sets how often
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

WORK="$(mktemp -d)"
trap 'rm -rf "$WORK"' EXIT
athanor() { "$ROOT/athanor" "$@" --workspace "$WORK/workspace"; }

"$ROOT/athanor" --version # builds what is out of date
seq 4000 | awk '{ print "The cup number " $1 " is " ($1 % 3 ? "green" : "blue") ", and its tea is " ($1 % 7 ? "warm" : "cold") "." }' >"$WORK/cups.txt"
athanor data import "$WORK/cups.txt" --name cups >/dev/null 2>&1
athanor train text-transformer --data cups --name small --device cpu --set training.steps=1 >/dev/null 2>&1
require_quiet "$@"

TIMEFORMAT=%R
timed() {
  local name="$1"
  shift
  echo "$name $({ time "$@" >/dev/null 2>&1; } 2>&1)"
}
for ((round = 0; round < ${ROUNDS:-5}; round++)); do
  timed version-s "$ROOT/athanor" --version
  timed models-list-s athanor models list
  timed generate-s athanor generate small --prompt "The cup" --length 100 --seed 1
done | min_and_median
echo "load after: $(cut -d' ' -f1 /proc/loadavg 2>/dev/null || uptime)"
