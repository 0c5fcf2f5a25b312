# Shared by the comparisons in this folder; source it from a bash script there.
# Sets JAVA (a JDK 25), PYTHON (the peers' virtual environment) and CLASSES (our compiled modules and their jars).

set -euo pipefail
BENCH="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
ROOT="$(dirname "$BENCH")"

die() {
  echo "$*" >&2
  exit 1
}

# Refuses to time anything while the machine does other work; any argument --force goes on all the same.
require_quiet() {
  local load
  load="$(cut -d' ' -f1 /proc/loadavg 2>/dev/null || uptime | sed 's/.*averages*: *//; s/[ ,].*//')"
  echo "load before: $load, processors: $(getconf _NPROCESSORS_ONLN)"
  [[ " $* " == *" --force "* ]] && return
  awk -v load="$load" 'BEGIN { exit !(load > 0.5) }' || return 0
  die "the machine is busy (load $load, at most 0.5 wanted): wait, or give --force and take the numbers with care"
}

# Prints the number behind --rounds, or 5.
rounds_of() {
  local rounds=5
  while [[ $# -gt 0 ]]; do
    [[ "$1" != --rounds ]] || rounds="${2:?--rounds needs a number}"
    shift
  done
  echo "$rounds"
}

# Prints the first over the second.
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'; }

# A JDK 25: JAVA25_HOME, JAVA_HOME, the one on the path, or one where systems put them.
find_java() {
  local home
  for home in "${JAVA25_HOME:-}" "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v java || echo /none/none)")")")" \
      /usr/lib/jvm/*25* "$HOME"/.sdkman/candidates/java/25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [[ -x "$home/bin/java" ]] && "$home/bin/java" -version 2>&1 | grep -q 'version "25'; then
      JAVA="$home/bin/java"
      return
    fi
  done
  die "no JDK 25 found: install one or set JAVA25_HOME"
}

# The peers' Python: PEERS if set, otherwise bench/.venv, which is made on first use.
find_python() {
  PYTHON="${PEERS:-$BENCH/.venv}/bin/python"
  [[ -x "$PYTHON" ]] && return
  [[ -z "${PEERS:-}" ]] || die "PEERS=$PEERS has no bin/python"
  python3 -m venv "$BENCH/.venv"
  "$PYTHON" -m pip install -r "$BENCH/requirements.txt"
}

# Compiles a module and everything under it, and sets CLASSES to the class path it runs on.
compile_module() {
  local module="$1"
  (cd "$ROOT" && mvn -q -pl "$module" -am package -DskipTests \
    dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime) >&2
  CLASSES="$ROOT/$module/target/classes:$(cat "$ROOT/$module/target/classpath")"
}

# Reads "name value" lines, the values of one name in the order measured; prints for each: count, least, median.
min_and_median() {
  sort -k1,1 -k2,2g | awk '
    function flush() { if (n) printf "%-36s rounds %d  min %.4g  median %.4g\n", name, n,
      v[1], n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2 }
    $1 != name { flush(); name = $1; n = 0 }
    { v[++n] = $2 }
    END { flush() }'
}
