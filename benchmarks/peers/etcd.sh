#!/bin/sh
# Runs three etcd members as a peer of the benchmarks until it is stopped: clients on loopback ports
# $1 (12379), +10 and +20, members among themselves on the next one each. Every member forces its log
# (etcd's default); data lies in a temporary directory that is removed afterwards. Needs etcd 3.4 or
# later on the PATH, or named by ETCD (Debian: etcd-server).
set -eu
port=${1:-12379}
etcd=${ETCD:-etcd}
data=$(mktemp -d "${TMPDIR:-/tmp}/etcd-bench.XXXXXX")
members=
for i in 0 1 2; do
    members="$members${members:+,}m$i=http://127.0.0.1:$((port + 10 * i + 1))"
done
pids=
stop() {
    trap - EXIT INT TERM
    kill $pids 2>/dev/null || true
    wait
    rm -rf "$data"
}
trap stop EXIT
trap 'exit 143' INT TERM
for i in 0 1 2; do
    client=http://127.0.0.1:$((port + 10 * i))
    peer=http://127.0.0.1:$((port + 10 * i + 1))
    # The quota and the compaction only keep a long run from stopping: every put leaves a revision.
    "$etcd" --logger zap --name "m$i" --data-dir "$data/m$i" --log-level error \
        --listen-client-urls "$client" --advertise-client-urls "$client" \
        --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" \
        --initial-cluster "$members" --initial-cluster-state new --initial-cluster-token bench \
        --quota-backend-bytes 8589934592 --auto-compaction-mode revision \
        --auto-compaction-retention 100000 &
    pids="$pids $!"
done
wait
