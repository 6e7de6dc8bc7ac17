#!/usr/bin/env bash
# Tests of what scripts/setup.sh finds and fetches.
set -u
# shellcheck source=scripts/test/lib/stubs.sh
source "${BASH_SOURCE[0]%/*}/lib/stubs.sh"
root=$work/project
state=$root/.funkstille
fake_project "$root"
# shellcheck source=scripts/state.sh
source "$repository/scripts/state.sh"
# shellcheck source=scripts/setup.sh
source "$repository/scripts/setup.sh"

# ---- which JDK ----
fake_jdk "$work/old" 17.0.9
fake_jdk "$work/jvm/java 26" 26-ea
fake_jdk "$work/ancient" 1.8.0_442
test_that "version of a JDK 8" equals "$(jdk_feature "$work/ancient")" 8
test_that "version of an early-access JDK" equals "$(jdk_feature "$work/jvm/java 26")" 26
only_tools "$work/tools" bash readlink uname env
real_path=$PATH
ln -s "$work/old/bin/java" "$work/tools/java"
export JAVA_HOME=$work/old
test_that "old JAVA_HOME and old java on the PATH are not taken" equals "$(PATH=$work/tools find_jdk)" ""
jdk_places="$work/jvm/*:$work/nowhere/*"
test_that "a newer JDK will do, spaces in its path too" equals "$(find_jdk)" "$work/jvm/java 26"
fake_jdk "$work/jvm/zulu 25" 25
test_that "JDK 25 is preferred" equals "$(find_jdk)" "$work/jvm/zulu 25"
rm "$work/jvm/zulu 25/bin/javac"
test_that "a runtime without a compiler is not taken" equals "$(find_jdk)" "$work/jvm/java 26"
fake_jdk "$work/jvm/wrong processor" 25
printf '#!/bin/sh\nexit 126\n' >"$work/jvm/wrong processor/bin/java"
test_that "a JDK that does not start is not taken" equals "$(find_jdk)" "$work/jvm/java 26"
JAVA_HOME="$work/jvm/java 26"
fake_jdk "$work/jvm/zulu 25" 25
test_that "JAVA_HOME comes first if it is new enough" equals "$(find_jdk)" "$work/jvm/java 26"
unset JAVA_HOME
jdk_places=''
fake_jdk "$work/on path" 25.0.1
ln -sf "$work/on path/bin/java" "$work/tools/java"
test_that "the java on the PATH is followed to its JDK" equals "$(PATH=$work/tools find_jdk)" "$work/on path"
rm "$work/tools/java"

# ---- none: the system's package ----
out=$(
  PATH=$work/tools:$real_path
  printf '#!/bin/sh\nexit 1\n' >"$work/tools/java" && chmod +x "$work/tools/java"
  FUNKSTILLE_USER_ID=0
  jdk_places="$work/packaged/*"
  hash() { return 0; }
  apt_offers() { [[ $1 == openjdk-25-jdk-headless ]]; }
  apt_install() { fake_jdk "$work/packaged/jdk" 25.0.1; }
  need_jdk 2>&1
  echo "$JAVA_HOME"
)
test_that "root gets the system's package if there is one" contains "$out" "Installing the system's package openjdk-25-jdk-headless."
test_that "... which is then used" contains "$out" "$work/packaged/jdk"

# ---- none: fetch one ----
fake_jdk "$work/archive/jdk-25.0.9+1" 25.0.9
name=OpenJDK25U-jdk_hotspot_25.0.9_1.tar.gz
mkdir -p "$work/server/v3/assets/latest/25"
tar -czf "$work/server/$name" -C "$work/archive" jdk-25.0.9+1
cd "$work/server" || exit 1
python=$(command -v python3 || true)
if [[ -z $python ]]; then
  echo "ok - a JDK is fetched # SKIP wants python3 as a server"
else
  # Port 0: any that is free; the server says which.
  python3 -u -m http.server --bind 127.0.0.1 0 >"$work/server.log" 2>&1 &
  server=$!
  trap 'kill $server; rm -rf "$work"' EXIT
  for _ in {1..50}; do
    port=$(grep -o 'port [0-9]*' "$work/server.log") && break
    sleep 0.1
  done
  export FUNKSTILLE_JDK_URL=http://127.0.0.1:${port#port }
  # The service's answer, cut down to what surrounds the fields that are read.
  answer() {
    cat >"$work/server/v3/assets/latest/25/hotspot" <<JSON
[
    {
        "binary": {
            "architecture": "x64",
            "image_type": "jdk",
            "package": {
                "checksum": "$1",
                "checksum_link": "$2.sha256.txt",
                "download_count": 12345,
                "link": "$2",
                "metadata_link": "$2.json",
                "name": "$name",
                "signature_link": "$2.sig",
                "size": 141000000
            },
            "project": "jdk",
            "updated_at": "2026-01-22T00:00:00Z"
        },
        "release_link": "https://github.com/adoptium/temurin25-binaries/releases/tag/jdk-25.0.9%2B1",
        "release_name": "jdk-25.0.9+1",
        "vendor": "eclipse",
        "version": { "build": 1, "major": 25, "semver": "25.0.9+1" }
    }
]
JSON
  }
  try_jdk() { need_jdk 2>&1; }
  # Without the system's package, whatever this machine offers.
  apt_offers() { return 1; }
  jdk_places="$cache_home/jdk-*"
  PATH=$work/tools:$real_path
  hide_java() { printf '#!/bin/sh\nexit 1\n' >"$work/tools/java" && chmod +x "$work/tools/java"; }
  hide_java

  answer "$(printf '0%.0s' {1..64})" "$FUNKSTILLE_JDK_URL/$name"
  out=$(try_jdk)
  test_that "a wrong checksum refuses" contains "$out" "checksum of the downloaded JDK is wrong"
  test_that "... and leaves nothing" equals "$(ls -A "$cache_home")" ""
  test_that "... and names ways to get a JDK" contains "$out" "set JAVA_HOME"

  answer "$(sha256 "$work/server/$name")" "http://elsewhere.example/$name"
  test_that "a link to elsewhere without TLS refuses" contains "$(try_jdk)" "not understood"
  answer '' ''
  test_that "an answer without a checksum refuses" contains "$(try_jdk)" "not understood"

  answer "$(sha256 "$work/server/$name")" "$FUNKSTILLE_JDK_URL/$name"
  out=$(try_jdk)
  test_that "a JDK is fetched" contains "$out" "Fetching Temurin 25 (141 MB) into $cache_home"
  test_that "... into the user's cache" equals "$(find_jdk)" "$cache_home/jdk-${name%.tar.gz}"
  rm -rf "$cache_home"
  if command -v wget >/dev/null; then
    only_tools "$work/with wget" bash readlink uname env wget mkdir tar gzip mv rm sha256sum
    PATH="$work/with wget" try_jdk >"$work/out"
    test_that "... with wget, too" test -d "$cache_home/jdk-${name%.tar.gz}"
    rm -rf "$cache_home"
  fi
  kill "$server"
  wait "$server" 2>/dev/null
  trap 'rm -rf "$work"' EXIT
  out=$(try_jdk)
  test_that "no network: says what could not be reached" contains "$out" "cannot be reached"
  test_that "... and names ways to get a JDK" contains "$out" "https://adoptium.net"
  PATH=$real_path
fi

# ---- Maven ----
java_home=
fake_maven "$work/maven" 3.8.7
PATH=$work/maven:$real_path
need_maven
test_that "the system's Maven is taken" equals "${maven[*]}" mvn
fake_maven "$work/maven" 3.6.3
need_maven 2>/dev/null
test_that "an old one is not" equals "${maven[*]}" "$root/mvnw"
fake_maven "$work/maven" 4.0.0
need_maven
test_that "a Maven 4 is" equals "${maven[*]}" mvn
PATH=$real_path

# ---- system packages ----
test_that "missing packages are named once" \
  equals "$(missing_packages bash:bash no-such-a:one no-such-b:one no-such-c:two)" "one two "
test_that "a system without apt-get gets a plain instruction" \
  contains "$(PATH=$work/tools need_packages "the tests" no-such-a:one 2>&1)" "with your system's package manager"
