#!/usr/bin/env bash
# Does a Transformer trained here give the same logits and the same greedy text in transformers?
#   bench/interchange/run.sh MODEL_FOLDER [PROMPT]...
# Prints for each prompt (by default three) the largest difference of a logit after its last token and whether the
# greedy texts are equal; fails where a logit differs by more than 1e-4 or a text differs at all.
#   bench/interchange/run.sh --golden
# makes the reference values of check/…/InterchangeTest anew: after a change of what a model's folder holds.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

(($#)) || die "usage: bench/interchange/run.sh MODEL_FOLDER [PROMPT]...   or   bench/interchange/run.sh --golden"
RESOURCES="$ROOT/check/src/test/resources/dev/athanor/check"
find_java
find_python
export PYTHONDONTWRITEBYTECODE=1

if [[ "$1" == --golden ]]; then
  compile_module check
  rm -rf "$RESOURCES"/interchange/*
  "$JAVA" --enable-native-access=ALL-UNNAMED -cp "$ROOT/check/target/test-classes:$CLASSES" \
    dev.athanor.check.AthanorFolders "$RESOURCES/interchange"
  "$PYTHON" "$RESOURCES/interchange.py" make
  "$PYTHON" "$RESOURCES/interchange.py" read
  exit
fi

[[ -f "$1/config.json" ]] || die "there is no model in $1: expected a folder with config.json, as in WORKSPACE/models"
compile_module generate
WORK="$(mktemp -d)"
trap 'rm -rf "$WORK"' EXIT
"$JAVA" -cp "$CLASSES" "$BENCH/interchange/Ours.java" "$@" >"$WORK/ours.json"
"$PYTHON" "$RESOURCES/interchange.py" compare "$1" "$WORK/ours.json"
