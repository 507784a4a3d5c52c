#!/bin/sh
# PgBouncer knows passwords only from a file of its own form.
set -eu
umask 077
password=$(sed 's/"/""/g' /run/secrets/postgres-password)
printf '"stoa" "%s"\n' "$password" > /tmp/userlist.txt
exec pgbouncer /etc/pgbouncer/pgbouncer.ini
