# shellcheck shell=bash
# How Java is started. The one place for these flags: the start-up cache is made with the same ones,
# and Java ignores a cache whose collector or object layout differs.

# shellcheck disable=SC2034  # used by the scripts that read this file
java_flags=(
  # A small heap and few threads: this runs for weeks beside other services.
  -XX:+UseSerialGC
  -XX:TieredStopAtLevel=1
  -XX:+UseCompactObjectHeaders
  -Xss512k
  # Fixed, because Java lays objects out differently when a big machine gives it a big heap.
  -Xmx256m
  --enable-native-access=ALL-UNNAMED
  # Standard output belongs to Funkstille: Java's own messages go to standard error,
  # and a start-up cache that does not fit is no message at all.
  -XX:+DisplayVMOutputToStderr
  -Xlog:disable
  -Xlog:all=error:stderr
  '-Xlog:aot*=off:stderr'
  '-Xlog:cds*=off:stderr'
)

# The guard keeps little in memory, and should take no more than it keeps: Java would begin with a larger heap.
# shellcheck disable=SC2034
run_flags=(-Xms16m -Xmx64m)
