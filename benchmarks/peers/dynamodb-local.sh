#!/bin/sh
# Runs DynamoDB Local in memory as a peer of the benchmarks, on loopback port $1 (8000).
# The first run fetches it with Maven into benchmarks/target/peers/dynamodb-local.
set -eu
port=${1:-8000}
here=$(cd "$(dirname "$0")" && pwd)
home=$here/../target/peers/dynamodb-local
if [ ! -e "$home/complete" ]; then
    mvn -B -q -f "$here/dynamodb-local-pom.xml" dependency:copy-dependencies \
        -DoutputDirectory="$home/lib"
    # The native SQLite library is a dependency of type so, which the JVM looks for by its bare name.
    for library in "$home"/lib/libsqlite4java-*.so; do
        name=$(basename "$library")
        cp "$library" "$home/lib/${name%-[0-9]*}.so"
    done
    touch "$home/complete"
fi
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Djava.library.path="$home/lib" -cp "$home/lib/*" \
    software.amazon.dynamodb.services.local.main.ServerRunner -inMemory -sharedDb -port "$port"
