#!/bin/bash
# Puts and linearizable gets of 64-byte values, at 16 and 128 callers: three nodes of Quorate beside three
# members of etcd, all on loopback, every one forcing its log. Runs for about 17 minutes with its defaults
# and writes one JSON file a case into $1 (benchmarks/target/etcd-comparison).
#
#   ETCD=etcd       the etcd binary, 3.4 or later          TARGET=leader   whom callers ask: leader or all
#   WARM_UP=40      seconds before a case is measured      DURATION=20     seconds of a measured run
#   ROUNDS=5        measured runs of each, alternating     CASES="put:16 put:128 get:16 get:128"
#
# Needs curl, Maven and a JDK; nothing else may run on the machine.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
output=${1:-$root/benchmarks/target/etcd-comparison}
target=${TARGET:-leader}
data=$(mktemp -d "${TMPDIR:-/tmp}/quorate-bench.XXXXXX")
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
        [ "$tries" -gt 0 ] || { echo "gave up waiting for: $*" >&2; tail -n 20 "$data"/*.log >&2; exit 1; }
        sleep 0.5
    done
}

mkdir -p "$output"
"$root/quorate" --version >/dev/null
(cd "$root" && mvn -q -o -DskipTests -pl benchmarks -am package dependency:build-classpath \
    -Dmdep.outputFile=target/classpath)

peers=
for i in 0 1 2; do
    peers="$peers${peers:+,}n$i=127.0.0.1:$((14568 + 10 * i))"
done
for i in 0 1 2; do
    "$root/quorate" server --data "$data/n$i" --node-id "n$i" --peers "$peers" \
        --port $((14566 + 10 * i)) --management-port $((14567 + 10 * i)) \
        --peer-port $((14568 + 10 * i)) >"$data/n$i.log" 2>&1 &
    pids+=($!)
    # The first start builds; the others then find what it built.
    [ "$i" -gt 0 ] || sleep 1
done
TMPDIR="$data" "$root/benchmarks/peers/etcd.sh" 12379 >"$data/etcd.log" 2>&1 &
pids+=($!)
nodes=
members=
for i in 0 1 2; do
    await 1200 curl -sf -m 2 "http://127.0.0.1:$((14566 + 10 * i))/healthz/ready"
    await 60 curl -sf -m 2 "http://127.0.0.1:$((12379 + 10 * i))/health"
    nodes="$nodes${nodes:+,}127.0.0.1:$((14568 + 10 * i))"
    members="$members${members:+,}127.0.0.1:$((12379 + 10 * i))"
done

# The JVM that the launcher found for the nodes; the one on the PATH may be too old.
java=$(readlink -f "/proc/${pids[0]}/exe")
result=0
for case in ${CASES:-put:16 put:128 get:16 get:128}; do
    if [ "$target" = leader ]; then
        for i in 0 1 2; do
            if curl -sf -m 5 "http://127.0.0.1:$((14566 + 10 * i))/healthz/leader" >/dev/null; then
                nodes=127.0.0.1:$((14568 + 10 * i))
            fi
            if curl -sf -m 5 "http://127.0.0.1:$((12379 + 10 * i))/metrics" \
                    | grep -q '^etcd_server_is_leader 1'; then
                members=127.0.0.1:$((12379 + 10 * i))
            fi
        done
    fi
    "$java" -Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
        -cp "$root/benchmarks/target/classes:$(cat "$root/benchmarks/target/classpath")" \
        io.quorate.benchmarks.Main "grpc-${case%%:*}" --nodes "$nodes" --etcd "$members" \
        --connections "${case##*:}" --warm-up "${WARM_UP:-40}" --duration "${DURATION:-20}" \
        --rounds "${ROUNDS:-5}" --items 10000 --value-bytes 64 \
        --output "$output/${case%%:*}-${case##*:}.json" || result=1
done
exit $result
