#!/bin/sh
# Runs ElasticMQ in memory as a peer of the benchmarks, on loopback port $1 (9324). It checks no
# signatures. The first run fetches it with Maven into benchmarks/target/peers/elasticmq. HEAP (2g) is
# what a million messages need.
set -eu
port=${1:-9324}
here=$(cd "$(dirname "$0")" && pwd)
home=$here/../target/peers/elasticmq
if [ ! -e "$home/complete" ]; then
    mvn -B -q -f "$here/elasticmq-pom.xml" dependency:copy-dependencies -DoutputDirectory="$home/lib"
    touch "$home/complete"
fi
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "-Xmx${HEAP:-2g}" -cp "$home/lib/*" \
    -Drest-sqs.bind-hostname=127.0.0.1 -Drest-sqs.bind-port="$port" \
    -Dnode-address.host=127.0.0.1 -Dnode-address.port="$port" \
    -Drest-stats.enabled=false -Dmessages-storage.enabled=false -Dqueues-storage.enabled=false \
    org.elasticmq.server.Main
