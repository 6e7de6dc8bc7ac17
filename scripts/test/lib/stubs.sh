# shellcheck shell=bash
# A small project with stand-ins for Java and Maven, so that the scripts' tests take seconds.

repository=$(cd -P -- "${BASH_SOURCE[0]%/*}/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Nothing of the real user or machine gets in.
export HOME=$work/home XDG_CACHE_HOME=$work/cache FUNKSTILLE_JDK_PLACES='' FUNKSTILLE_USER_ID=1000
unset JAVA_HOME FUNKSTILLE_JAVA_OPTS FUNKSTILLE_JDK_URL MAVEN_OPTS CI
mkdir -p "$HOME"

# test_that NAME COMMAND...: prints whether the command succeeds.
test_that() {
  local name=$1
  shift
  if "$@"; then echo "ok - $name"; else echo "not ok - $name"; fi
}

equals() { [[ $1 == "$2" ]] || { printf '  expected: %s\n  but was:  %s\n' "$2" "$1" && return 1; }; }
contains() { [[ $1 == *"$2"* ]] || { printf '  expected to contain: %s\n  but was: %s\n' "$2" "$1" && return 1; }; }
lacks() { [[ $1 != *"$2"* ]] || { printf '  expected not to contain: %s\n  but was: %s\n' "$2" "$1" && return 1; }; }

# fake_jdk FOLDER VERSION: a Java that says how it was called.
fake_jdk() {
  mkdir -p "$1/bin"
  printf 'IMPLEMENTOR="Test"\nJAVA_VERSION="%s"\n' "$2" >"$1/release"
  cat >"$1/bin/java" <<'JAVA'
#!/usr/bin/env bash
for word in "$@"; do
  case $word in
    -version) exit 0 ;;
    -XX:AOTCacheOutput=*)
      [[ -z ${FAIL_TRAINING-} ]] || { echo "no training"; exit 1; }
      echo trained >>"$HOME/trained"
      echo cache >"${word#*=}"
      exit 0
      ;;
  esac
done
printf '%s\n' "$@" >"$HOME/java-arguments"
while [[ $1 != org.funkstille.cli.Main ]]; do shift; done
shift
if [[ ${1-} == exit ]]; then exit "$2"; fi
if [[ ${1-} == cat ]]; then exec cat; fi
echo "program:$*"
JAVA
  touch "$1/bin/javac"
  chmod +x "$1/bin/java" "$1/bin/javac"
}

# fake_maven FOLDER [VERSION]: leaves a jar, as the real build does.
fake_maven() {
  mkdir -p "$1"
  cat >"$1/mvn" <<MAVEN
#!/usr/bin/env bash
if [[ \$1 == -v ]]; then echo "Apache Maven ${2-3.9.9} (test)"; exit; fi
echo "\$JAVA_HOME \$*" >>"\$HOME/maven-calls"
cat >>"\$HOME/maven-input"
if [[ -n \${FAIL_BUILD-} ]]; then echo "[ERROR] something is wrong in Thing.java"; exit 1; fi
mkdir -p cli/target/dist/lib
echo jar >cli/target/dist/lib/b.jar
echo jar >cli/target/dist/lib/a.jar
MAVEN
  chmod +x "$1/mvn"
}

# fake_project FOLDER: the launcher with sources to build.
fake_project() {
  mkdir -p "$1/core/src/main" "$1/cli/src/main" "$1/bench/src/main" "$1/.mvn/wrapper"
  cp "$repository/funkstille" "$repository/mvnw" "$1/"
  cp "$repository/.mvn/wrapper/maven-wrapper.properties" "$1/.mvn/wrapper/"
  cp -r "$repository/scripts" "$1/scripts"
  touch "$1/pom.xml" "$1/.mvn/jvm.config" "$1/core/pom.xml" "$1/cli/pom.xml" "$1/core/src/main/Thing.java"
}

# only_tools FOLDER TOOL...: a PATH folder that has just these.
only_tools() {
  local folder=$1 tool
  shift
  mkdir -p "$folder"
  for tool in "$@"; do ln -sf "$(type -P "$tool")" "$folder/$tool"; done
}

maven_calls() { [[ -e $HOME/maven-calls ]] && wc -l <"$HOME/maven-calls" || echo 0; }
