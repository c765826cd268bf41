#!/bin/sh
# Runs nginx (Debian's nginx-light will do) as a peer of s3-get-large and s3-put-large, on loopback port $1
# (9091): plain files by sendfile, in a temporary directory that is removed at the end. It takes PUT by
# its DAV module, checks no signatures and forces nothing to disk. One worker: there is one connection.
set -eu
port=${1:-9091}
root=$(mktemp -d "${TMPDIR:-/tmp}/quorate-nginx.XXXXXX")
server=
stop() {
    trap - EXIT INT TERM
    [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server"; } || true
    rm -rf "$root"
}
trap stop EXIT
trap 'exit 143' INT TERM
mkdir "$root/www" "$root/www/quorate-bench" "$root/temp"
cat >"$root/nginx.conf" <<CONF
daemon off;
worker_processes 1;
pid $root/nginx.pid;
error_log stderr warn;
events { worker_connections 256; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    client_max_body_size 0;
    client_body_temp_path $root/temp;
    proxy_temp_path $root/temp;
    fastcgi_temp_path $root/temp;
    uwsgi_temp_path $root/temp;
    scgi_temp_path $root/temp;
    server {
        listen 127.0.0.1:$port;
        root $root/www;
        dav_methods PUT;
        # The bucket is there already, as S3 would say.
        location = /quorate-bench { return 409; }
    }
}
CONF
# As root, the worker has to stay root to reach the temporary directory.
nginx=$(command -v nginx || echo /usr/sbin/nginx)
[ "$(id -u)" -ne 0 ] || sed -i '1i user root;' "$root/nginx.conf"
"$nginx" -e stderr -p "$root" -c "$root/nginx.conf" &
server=$!
wait "$server"
