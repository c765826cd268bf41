#!/bin/bash
# The figures of S3: one node beside S3Mock (small objects) and nginx (large ones), a list of a large bucket, and
# the memory of many slow uploads. Writes one text and one JSON file a case into $1
# (benchmarks/target/s3-transfers). Runs for about 35 minutes with its defaults.
#
#   WARM_UP=40   seconds before a case is measured      DURATION=20   seconds of a measured run
#   ROUNDS=3     measured runs of each, alternating     KEYS=1000000  keys in the bucket that is listed
#   SLOW=30      seconds that the slow uploads last
#   CASES="put:16 put:128 get:16 get:128 get-large put-large put-large-s3mock list slow"
#
# Needs curl, Maven, a JDK and nginx (Debian: nginx-light); nothing else may run on the machine.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
output=${1:-$root/benchmarks/target/s3-transfers}
data=$(mktemp -d "${TMPDIR:-/tmp}/quorate-bench.XXXXXX")
port=${PORT:-14566}
pids=()

stop() {
    trap - EXIT INT TERM
    if [ ${#pids[@]} -gt 0 ]; then
        kill "${pids[@]}" 2>/dev/null || true
        wait "${pids[@]}" 2>/dev/null || true
    fi
    rm -rf "$data"
}
trap stop EXIT
trap 'exit 143' INT TERM

# Waits until a command succeeds, at most $1 times half a second.
await() {
    local tries=$1
    shift
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        kill -0 "${pids[-1]}" 2>/dev/null || tries=0
        [ "$tries" -gt 0 ] || { echo "gave up waiting for: $*" >&2; tail -n 20 "$data"/*.log >&2; exit 1; }
        sleep 0.5
    done
}

mkdir -p "$output"
(cd "$root" && mvn -q -o -DskipTests -pl benchmarks -am package dependency:build-classpath \
    -Dmdep.outputFile=target/classpath)
export QUORATE_ACCESS_KEY=AKIDEXAMPLE QUORATE_SECRET_KEY=secretsecretsecret
"$root/quorate" server --data "$data/n1" --port "$port" --management-port $((port + 1)) \
    --peer-port $((port + 2)) >"$data/n1.log" 2>&1 &
server=$!
pids+=("$server")
await 1200 curl -sf -m 2 "http://127.0.0.1:$port/healthz/ready"
# The JVM that the launcher found; the one on the PATH may be too old.
java=$(readlink -f "/proc/$server/exe")
classpath="$root/benchmarks/target/classes:$(cat "$root/benchmarks/target/classpath")"

peer=
start_peer() {
    [ -z "$peer" ] || { kill "$peer" 2>/dev/null; wait "$peer" 2>/dev/null || true; }
    TMPDIR="$data" JAVA_HOME="$(dirname "$(dirname "$java")")" "$root/benchmarks/peers/$1.sh" \
        $((port + 10)) >"$data/$1.log" 2>&1 &
    peer=$!
    pids+=("$peer")
    await 600 curl -s -m 2 "http://127.0.0.1:$((port + 10))/"
}

# measure NAME WORKLOAD OPTIONS...
measure() {
    local name=$1 workload=$2
    shift 2
    "$java" -Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "$classpath" \
        io.quorate.benchmarks.Main "$workload" --url "http://127.0.0.1:$port" \
        --access-key "$QUORATE_ACCESS_KEY" --secret-key "$QUORATE_SECRET_KEY" \
        --warm-up "${WARM_UP:-40}" --duration "${DURATION:-20}" --rounds "${ROUNDS:-3}" \
        --output "$output/$name.json" "$@" | tee "$output/$name.txt"
}

beside() {
    if [ "${peer_is:-}" != "$1" ]; then
        start_peer "$1"
        peer_is=$1
    fi
}

peer_url="http://127.0.0.1:$((port + 10))"
large=$((256 << 20))
for case in ${CASES:-put:16 put:128 get:16 get:128 get-large put-large put-large-s3mock list slow}; do
    case $case in
    put:*|get:*)
        beside s3mock
        measure "${case/:/-}" "s3-${case%%:*}" --peer "$peer_url" --connections "${case##*:}" \
            --value-bytes 4096 ;;
    get-large|put-large)
        beside nginx
        measure "$case" "s3-$case" --peer "$peer_url" --connections 1 --value-bytes $large ;;
    put-large-s3mock)
        beside s3mock
        measure "$case" s3-put-large --peer "$peer_url" --connections 1 --value-bytes $large ;;
    list)
        measure list s3-list --connections 4 --items "${KEYS:-1000000}" ;;
    slow)
        "$java" -Xmx256m -cp "$classpath" io.quorate.benchmarks.transfer.SlowUploads \
            "http://127.0.0.1:$port" "$QUORATE_ACCESS_KEY" "$QUORATE_SECRET_KEY" "$server" \
            "$data/n1" "${SLOW:-30}" | tee "$output/slow.txt" ;;
    *)
        echo "no such case: $case" >&2
        exit 2 ;;
    esac
done
