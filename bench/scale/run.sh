#!/usr/bin/env bash
# Preparation against rows, cores and task managers of Flink: seconds of cleaning (steps `private`) and of the search for
# duplicates, in this program on one core and on two, and on a session cluster of one and of two task managers with a core
# each. Fails where what comes out is not the same everywhere.
#   bench/scale/run.sh [--rounds N] [--force]
# ROWS="50000 100000 200000" sets the sizes; CHART=FILE.svg draws the seconds on task managers over them. The client and the job
# manager have all cores; the cluster is started from Flink's jars on our class path. Lines "letters-200000:clean:flink-2 rounds 5
# min 12.3 median 12.9".
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

rounds="$(rounds_of "$@")"
sizes="${ROWS:-50000 100000 200000}"
work="$(mktemp -d)"
processes=()
finish() {
  [[ ${#processes[@]} -eq 0 ]] || kill -9 "${processes[@]}" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
require_quiet "$@"
command -v taskset >/dev/null || die "taskset pins programs to cores: install util-linux"
[[ "$(getconf _NPROCESSORS_ONLN)" -ge 2 ]] || die "two processors are needed"
find_java
compile_module scale
"$(dirname "$JAVA")/javac" -d "$work" -cp "$CLASSES" "$BENCH/scale/Scaling.java"
flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Xmx2g)
ours() { "$JAVA" "${flags[@]}" -cp "$work:$CLASSES" Scaling "$@"; }

# What a cluster has of itself: nothing of ours.
flink="$(tr ':' '\n' <<<"$CLASSES" |
  grep -E '/(flink|commons|kryo|reflectasm|objenesis|minlog|RoaringBitmap|snakeyaml-engine|javassist|snappy-java|async-profiler|lz4-java|slf4j|jsr305)-[^/]*$' | paste -sd:)"

# cluster WORKERS: starts one and waits for it; prints nothing, sets address
cluster() {
  local conf="$work/flink-$1" port=$((20000 + RANDOM % 10000)) worker
  address="localhost:$port"
  mkdir -p "$conf"
  cat >"$conf/config.yaml" <<CONFIG
jobmanager.rpc.address: localhost
jobmanager.rpc.port: $((port + 1))
rest.address: localhost
rest.port: $port
jobmanager.memory.process.size: 1g
taskmanager.numberOfTaskSlots: 1
taskmanager.cpu.cores: 1.0
taskmanager.memory.task.heap.size: 768m
taskmanager.memory.task.off-heap.size: 0m
taskmanager.memory.framework.heap.size: 128m
taskmanager.memory.framework.off-heap.size: 128m
taskmanager.memory.managed.size: 128m
taskmanager.memory.network.min: 64m
taskmanager.memory.network.max: 64m
taskmanager.memory.jvm-metaspace.size: 256m
taskmanager.memory.jvm-overhead.min: 192m
taskmanager.memory.jvm-overhead.max: 192m
io.tmp.dirs: $conf
CONFIG
  "$JAVA" -Xmx512m -cp "$flink" org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint \
    --configDir "$conf" >"$conf/jobmanager.log" 2>&1 &
  processes+=($!)
  for ((worker = 0; worker < $1; worker++)); do
    taskset -c "$worker" "$JAVA" -Xmx896m -cp "$flink" org.apache.flink.runtime.taskexecutor.TaskManagerRunner \
      --configDir "$conf" >"$conf/taskmanager-$worker.log" 2>&1 &
    processes+=($!)
  done
  for ((second = 0; second < 120; second++)); do
    [[ "$(curl -s "http://$address/overview")" == *"\"slots-total\":$1,"* ]] && return
    sleep 1
  done
  die "no cluster of $1 task managers after two minutes: see $conf"
}

stop_cluster() {
  kill -9 "${processes[@]}" 2>/dev/null || true
  wait "${processes[@]}" 2>/dev/null || true
  processes=()
}

# tell ROWS HOW CLEANING SEARCHING CONTENT
tell() {
  echo "letters-$1:clean:$2 $3"
  echo "letters-$1:dedup:$2 $4"
  if [[ -f "$work/content-$1" ]]; then
    [[ "$(cat "$work/content-$1")" == "$5" ]] || die "$2 makes other versions of $1 rows than the others"
  else
    echo "$5" >"$work/content-$1"
  fi
}

"$JAVA" -version 2>&1 | head -n 1
for rows in $sizes; do ours make "$work/ws-$rows" "$rows" >&2; done
{
  for ((round = 0; round < rounds; round++)); do
    for rows in $sizes; do
      for cores in 1 2; do
        read -r cleaning searching content < <(taskset -c "0-$((cores - 1))" "$JAVA" "${flags[@]}" -cp "$work:$CLASSES" Scaling time "$work/ws-$rows" local)
        tell "$rows" "local-$cores" "$cleaning" "$searching" "$content"
      done
    done
    for workers in 1 2; do
      cluster "$workers"
      for rows in $sizes; do
        read -r cleaning searching content < <(ours time "$work/ws-$rows" "$address")
        tell "$rows" "flink-$workers" "$cleaning" "$searching" "$content"
      done
      stop_cluster
    done
  done
} >"$work/times"
min_and_median <"$work/times" | tee "$work/least"
if [[ -n "${CHART:-}" ]]; then
  sed -nE 's/^letters-([0-9]+):(clean|dedup):flink-([12]) .* min ([0-9.]+) .*/\1 \3 \2 \4/p' "$work/least" |
    awk '{ print $1, $2 == 1 ? "0" : "0,1", $3, $4 }' | sort -k3,3 -k2,2 -k1,1n >"$work/measured"
  "$JAVA" "$BENCH/Chart.java" linear "$work/measured" "$CHART" "one task manager"
fi
