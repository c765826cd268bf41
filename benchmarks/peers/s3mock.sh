#!/bin/sh
# Runs S3Mock as a peer of the benchmarks, on loopback port $1 (9090); it keeps objects as plain files in a
# temporary directory, forces nothing to disk and checks no signatures. The first run fetches it with Maven
# into benchmarks/target/peers/s3mock. HEAP (2g).
set -eu
port=${1:-9090}
here=$(cd "$(dirname "$0")" && pwd)
home=$here/../target/peers/s3mock
if [ ! -e "$home/complete" ]; then
    mvn -B -q -f "$here/s3mock-pom.xml" dependency:copy-dependencies -DoutputDirectory="$home/lib"
    touch "$home/complete"
fi
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "-Xmx${HEAP:-2g}" -cp "$home/lib/*" \
    -Dcom.adobe.testing.s3mock.httpPort="$port" -Dserver.port=0 -Dserver.address=127.0.0.1 \
    com.adobe.testing.s3mock.S3MockApplication
