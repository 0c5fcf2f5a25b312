#!/usr/bin/env bash
# Do time and memory of preparation follow the rows? Imports, cleans (steps private) and drops the duplicates of short lines, as
# people start the program, for each number of rows and on one processor and all of them. Prints seconds and the most that was
# resident at once, and fails where that passes the budget of 1 GB.
#
#   bench/rows/run.sh [--force]
#   ROWS="1000000 10000000 30000000" · PROCESSORS="0 0,1": the sets to run on · CHART=docs/pictures/rows.svg draws it
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

ROWS="${ROWS:-1000000 10000000 30000000}"
PROCESSORS="${PROCESSORS:-0 0,1}"
BUDGET_MB=1024
WORK="$(mktemp -d)"
trap 'rm -rf "$WORK"' EXIT
require_quiet "$@"
find_java
"$ROOT/athanor" --version # builds what is out of date

# measured PROCESSORS COMMAND...: prints seconds and the most resident megabytes
measured() {
  local processors="$1" pid begun most=0 now
  shift
  begun="$(date +%s.%N)"
  (exec taskset -c "$processors" "$ROOT/athanor" "$@" --workspace "$WORK/workspace" >"$WORK/log" 2>&1) &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    now="$(awk '/^VmHWM:/ { printf "%.0f", $2 / 1024 }' "/proc/$pid/status" 2>/dev/null || true)"
    [[ -z "$now" || "$now" -lt "$most" ]] || most="$now"
    sleep 0.2
  done
  wait "$pid" || { tail -n 20 "$WORK/log" >&2; die "athanor $* failed"; }
  awk -v begun="$begun" -v ended="$(date +%s.%N)" -v most="$most" 'BEGIN { printf "%.1f %d\n", ended - begun, most }'
}

over=0
echo "rows processors command seconds MB"
for rows in $ROWS; do
  "$JAVA" "$BENCH/rows/Rows.java" "$WORK/lines.csv" "$rows"
  for processors in $PROCESSORS; do
    rm -rf "$WORK/workspace"
    mkdir "$WORK/workspace"
    for command in "import $WORK/lines.csv --name lines" "clean lines --steps private" "dedup lines"; do
      # shellcheck disable=SC2086 # the command is words
      read -r seconds most < <(measured "$processors" data $command)
      echo "$rows $processors ${command%% *} $seconds $most" | tee -a "$WORK/measured"
      [[ "$most" -le "$BUDGET_MB" ]] || over=1
    done
  done
done
[[ -z "${CHART:-}" ]] || "$JAVA" "$BENCH/Chart.java" log "$WORK/measured" "$CHART" "on one core"
echo "load after: $(cut -d' ' -f1 /proc/loadavg)"
exit "$over"
