#!/usr/bin/env bash
# Tests of ./funkstille: it builds when it must and only then, and hands everything over unchanged.
set -u
# shellcheck source=scripts/test/lib/stubs.sh
source "${BASH_SOURCE[0]%/*}/lib/stubs.sh"

project="$work/my project"
fake_project "$project"
fake_jdk "$work/jdk 25" 25.0.1
fake_maven "$work/bin"
export PATH=$work/bin:$PATH JAVA_HOME="$work/jdk 25"

err=$work/err
out=$("$project/funkstille" plan "two words" '' 2>"$err")
test_that "first use builds and starts" equals "$out" "program:plan two words "
test_that "... with the contract's goals" contains "$(cat "$HOME/maven-calls")" "$work/jdk 25 -B -Dquick -DskipTests -pl cli -am package"
test_that "... quietly in a pipe" equals "$(cat "$err")" ""
test_that "... and trains once" equals "$(cat "$HOME/trained")" "trained"
arguments=$(cat "$HOME/java-arguments")
app=$(echo "$project"/.funkstille/app-*)
test_that "the class path is a fixed list of jars" contains "$arguments" "$app/lib/a.jar:$app/lib/b.jar"
test_that "the start-up cache is used" contains "$arguments" "-XX:AOTCache=$app/start.aot"

"$project/funkstille" plan >/dev/null
test_that "a second start builds nothing" equals "$(maven_calls)" 1

code=0
"$project/funkstille" exit 7 || code=$?
test_that "the exit code goes through" equals "$code" 7

ln -s "$project/funkstille" "$work/link"
ln -s link "$work/second"
test_that "works through symbolic links" equals "$(cd / && "$work/second" status)" "program:status"
test_that "works by a relative path" equals "$(cd "$project/core" && CDPATH=/tmp ../funkstille status)" "program:status"

FUNKSTILLE_JAVA_OPTS='-Xmx1g -Dx=y' "$project/funkstille" run >/dev/null
arguments=$(tr '\n' ' ' <"$HOME/java-arguments")
test_that "FUNKSTILLE_JAVA_OPTS comes after our flags" contains "${arguments#*-Xmx64m}" "-Xmx1g -Dx=y -cp"

# A source that changes.
touch "$project/bench/src/main/Bench.java"
"$project/funkstille" plan >/dev/null
test_that "the benchmarks do not count" equals "$(maven_calls)" 1
touch "$project/core/src/main/Thing.java"
out=$(printf 'input' | "$project/funkstille" cat)
test_that "a newer source is built" equals "$(maven_calls)" 2
test_that "... without eating standard input" equals "$out" "input"
test_that "... nor giving it to Maven" equals "$(cat "$HOME/maven-input")" ""
rm "$project/core/src/main/Thing.java"
"$project/funkstille" plan >/dev/null
test_that "a source that is gone is a change" equals "$(maven_calls)" 3
touch -d '+2 hours' "$project/core/src/main/Future.java"
"$project/funkstille" plan >/dev/null
"$project/funkstille" plan >/dev/null
test_that "a clock that is behind builds once" equals "$(maven_calls)" 4
rm -r "$project/core/src/main/Future.java" "$project/.funkstille"
for _ in 1 2 3; do touch "$project/pom.xml" && "$project/funkstille" plan >/dev/null; done

# Old builds.
kept=$(find "$project/.funkstille" -maxdepth 1 -name 'app-*' | wc -l)
test_that "the last but one build is kept, older ones go" equals "$kept" 2
in_use=$(cd "$project/.funkstille" && echo app-* | cut -d' ' -f1)
tail -f "$project/.funkstille/$in_use/lib/a.jar" >/dev/null &
sleeper=$!
for _ in 1 2 3; do touch "$project/pom.xml" && "$project/funkstille" plan >/dev/null; done
test_that "a build that a process runs from is kept" test -d "$project/.funkstille/$in_use"
kill "$sleeper"

# Two at once.
calls=$(maven_calls)
touch "$project/pom.xml"
"$project/funkstille" plan >/dev/null &
"$project/funkstille" plan >/dev/null
wait "$!"
test_that "two first starts build once" equals "$(maven_calls)" $((calls + 1))

# What goes wrong.
touch "$project/pom.xml"
code=0
out=$(FAIL_BUILD=yes "$project/funkstille" plan 2>"$err") || code=$?
test_that "a failed build ends with 1" equals "$code" 1
test_that "... shows Maven's error on standard error" contains "$(cat "$err")" "wrong in Thing.java"
test_that "... and leaves standard output alone" equals "$out" ""
test_that "... and is tried again" equals "$("$project/funkstille" plan)" "program:plan"

touch "$project/pom.xml"
out=$(FAIL_TRAINING=yes "$project/funkstille" plan 2>"$err")
test_that "works without a start-up cache" equals "$out" "program:plan"
calls=$(maven_calls)
"$project/funkstille" plan >/dev/null
test_that "... and does not try at every start" equals "$(maven_calls)" "$calls"

rm -r "$work/jdk 25"
fake_jdk "$work/other jdk" 25.0.2
JAVA_HOME="$work/other jdk" "$project/funkstille" plan >/dev/null
test_that "a JDK that is gone is looked for anew" equals "$?" 0
unset JAVA_HOME
test_that "the JDK is remembered" equals "$("$project/funkstille" plan)" "program:plan"
calls=$(wc -l <"$HOME/trained")
fake_jdk "$work/other jdk" 25.0.3
"$project/funkstille" plan >/dev/null
test_that "an upgraded JDK is trained for" equals "$(wc -l <"$HOME/trained")" $((calls + 1))

mv "$project" "$work/moved"
test_that "a moved checkout still works" equals "$("$work/moved/funkstille" plan)" "program:plan"
test_that "... from its new place" contains "$(cat "$HOME/java-arguments")" "$work/moved/.funkstille/app-"
project=$work/moved

# Somebody else's checkout. Root may write everywhere, so this wants a plain user or a read-only mount.
export JAVA_HOME="$work/other jdk"
if [[ $EUID == 0 ]] && unshare -m true 2>/dev/null; then
  rm -rf "$project/.funkstille" "$project/cli/target"
  # shellcheck disable=SC2016
  out=$(unshare -m bash -c 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && "$1/funkstille" plan && "$1/funkstille" plan' - "$project" 2>"$err")
  test_that "a read-only checkout is built in the user's cache" equals "$out" "program:plan
program:plan"
  test_that "... there" contains "$(cat "$HOME/java-arguments")" "$XDG_CACHE_HOME/funkstille/checkout-"
else
  echo "ok - a read-only checkout is built in the user's cache # SKIP wants root"
fi

# The lab's tools.
only_tools "$work/few" bash find readlink uname mkdir cat tr
arguments() { PATH=$work/few "$project/funkstille" "$@" 2>&1; }
"$project/funkstille" plan >/dev/null
# The launcher adds the folders of the system's tools to the PATH, so they are hidden by a copy without that line.
sed -i '/^PATH=/d' "$project/funkstille"
ln -sf "$(type -P true)" "$work/few/apt-get"
out=$(arguments lab up)
test_that "without root the command that installs is named" contains "$out" "System packages needed for the lab command are missing"
out=$(arguments --json demo)
test_that "... in one line" contains "$out" "sudo apt-get install nftables iproute2 dnsmasq-base conntrack udhcpc iputils-ping"
lab() { arguments lab >/dev/null; }
test_that "... and the command ends with 1" equals "$(lab; echo $?)" 1
test_that "... but not for its help" equals "$(arguments lab --help)" "program:lab --help"
test_that "... nor for a router's commands" equals "$(arguments apply lab)" "program:apply lab"
