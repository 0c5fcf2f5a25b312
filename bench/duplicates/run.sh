#!/usr/bin/env bash
# Dropping duplicates from texts, end to end, ours and datasketch's in turn: MB/s of text, and their ratio (ours over theirs,
# above 1 is faster), of exact duplicates and of similar ones by MinHash, on one processor and on two.
#
#   bench/duplicates/run.sh [--rounds N] [--megabytes N] [--force]
#
# PEER_MEGABYTES gives the peer fewer of the texts than ours, since it takes minutes for what ours needs seconds for, of which the
# first is the start; how many stay can then not be compared.
# DATASKETCH=FOLDER names a copy of https://github.com/ekzhu/datasketch where it is not installed beside the other peers.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

rounds="$(rounds_of "$@")"
megabytes=20
previous=""
for argument in "$@"; do
  [[ "$previous" != --megabytes ]] || megabytes="$argument"
  previous="$argument"
done
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
require_quiet "$@" # before our own compiling makes it busy
find_java
find_python
"$PYTHON" -c 'import os, sys; sys.path.insert(0, os.environ.get("DATASKETCH", "")); import datasketch' 2>/dev/null ||
  die "datasketch was not found: install it beside the other peers, or set DATASKETCH to a copy of its repository"
compile_module data
mkdir "$work/classes"
"$(dirname "$JAVA")/javac" -d "$work/classes" -cp "$CLASSES" "$BENCH/duplicates/Ours.java"
"$JAVA" -version 2>&1 | head -n 1

# ours PROCESSORS ...
ours() {
  local processors="$1"
  shift
  taskset -c "$processors" "$JAVA" --enable-native-access=ALL-UNNAMED -XX:+UseParallelGC -cp "$work/classes:$CLASSES" Ours "$@"
}

peers="${PEER_MEGABYTES:-$megabytes}"
for language in english chinese; do
  "$PYTHON" "$BENCH/duplicates/corpus.py" "$megabytes" "$language" "$work/$language.jsonl"
  [[ "$peers" == "$megabytes" ]] || "$PYTHON" "$BENCH/duplicates/corpus.py" "$peers" "$language" "$work/$language-peers.jsonl"
  [[ "$peers" != "$megabytes" ]] || ln -s "$language.jsonl" "$work/$language-peers.jsonl"
  ours 0,1 import "$work/$language" "$work/$language.jsonl"
  for round in $(seq "$rounds"); do
    for mode in exact minhash; do
      read -r theirs stay < <(taskset -c 0 "$PYTHON" "$BENCH/duplicates/peer.py" "$mode" "$work/$language-peers.jsonl" "$work/kept.jsonl")
      for processors in 0 0,1; do
        read -r mine left < <(ours "$processors" "$mode" "$work/$language" "$megabytes")
        echo "round $round: $language $mode on processors $processors: ours $mine MB/s ($left stay), theirs on one $theirs ($stay stay)"
        echo "$language/$mode/$processors:MB/s $mine" >>"$work/results"
        echo "$language/$mode/$processors:ratio $(ratio "$mine" "$theirs")" >>"$work/results"
      done
    done
  done
done
min_and_median <"$work/results"
echo "load after: $(cut -d' ' -f1 /proc/loadavg)"
