#!/usr/bin/env bash
# Importing a table of 1 GB: ours against DuckDB reading the same, in turn.
#   bench/import/run.sh [--rounds N] [--force]
# MEGABYTES=1000 sets the size. Prints seconds and their ratio (ours over theirs, below 1 is faster), and fails where
# the rows are not as many.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

rounds="$(rounds_of "$@")"
megabytes="${MEGABYTES:-1000}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
require_quiet "$@"
find_java
compile_module data
"$(dirname "$JAVA")/javac" -d "$work" -cp "$CLASSES" "$BENCH/import/ImportSpeed.java"
run() { "$JAVA" --enable-native-access=ALL-UNNAMED -Xmx2g -cp "$work:$CLASSES" ImportSpeed "$@"; }

"$JAVA" -version 2>&1 | head -n 1
for kind in csv jsonl; do
  file="$work/reviews.$kind"
  read -r _ made < <(run make "$file" "$((megabytes * 1000000))")
  echo "$kind: $made rows, $(stat -c %s "$file") bytes" >&2
  for ((round = 0; round < rounds; round++)); do
    rm -rf "$work/workspace" "$work/out.parquet"
    read -r ours rows < <(run ours "$file" "$work/workspace")
    read -r table rows2 < <(run table "$file")
    read -r parquet _ < <(run parquet "$file" "$work/out.parquet")
    [[ "$rows $rows2" == "$made $made" ]] || die "$kind: $made rows, ours $rows, theirs $rows2"
    echo "$kind:ours-seconds $ours"
    echo "$kind:duckdb-table-seconds $table"
    echo "$kind:duckdb-parquet-seconds $parquet"
    echo "$kind:ratio-to-table $(ratio "$ours" "$table")"
    echo "$kind:ratio-to-parquet $(ratio "$ours" "$parquet")"
  done
  rm "$file"
done | min_and_median
