# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # variables shared with whoever reads this file
# Gets what Funkstille needs from outside: a JDK, Maven, system packages.
# Nothing is installed outside the project's folder and the user's own without a line that says so first.

jdk_version=25

# A bare container may have none.
[[ -n ${HOME-} ]] || export HOME=~

# The program to look for, and the Debian or Ubuntu package that brings it.
lab_tools=(nft:nftables ip:iproute2 dnsmasq:dnsmasq-base conntrack:conntrack udhcpc:udhcpc ping:iputils-ping)
test_tools=(tcpdump:tcpdump ssh:openssh-client sshd:openssh-server)

# Where JDKs live, as patterns parted by colons. The variable is there for the tests.
jdk_places=${FUNKSTILLE_JDK_PLACES-"/usr/lib/jvm/*:/usr/java/*:/usr/local/openjdk*:/usr/local/java/*:/opt/*jdk*:/opt/java/*:/opt/java\
:$HOME/.jdks/*:$HOME/.sdkman/candidates/java/*:$HOME/.asdf/installs/java/*:$HOME/.local/share/mise/installs/java/*\
:$HOME/.jabba/jdk/*:$cache_home/jdk-*:/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home\
:/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home:/home/linuxbrew/.linuxbrew/opt/openjdk*/libexec\
:/Library/Java/JavaVirtualMachines/*/Contents/Home:$HOME/Library/Java/JavaVirtualMachines/*/Contents/Home"}

say() { printf '%s\n' "$*" >&2; }

# For work that only takes its time: said on a terminal, not in a pipe.
say_progress() { [[ ! -t 2 ]] || say "$@"; }

# The variable is there for the tests.
is_root() { [[ ${FUNKSTILLE_USER_ID:-$EUID} == 0 ]]; }

# with_progress LABEL LOG COMMAND...: runs the command with its output in the log file.
# On a terminal one line shows how long it has taken and what it is at.
with_progress() {
  local label=$1 log=$2
  shift 2
  if [[ ! -t 2 ]]; then
    "$@" >"$log" 2>&1
    return
  fi
  "$@" 2>&1 | show_progress "$label" "$log"
}

show_progress() {
  local label=$1 log=$2 line='' part='' at='' width=${COLUMNS:-80} start=$SECONDS code
  width=$((width - ${#label} - 12))
  : >"$log"
  while :; do
    code=0
    IFS= read -r -t 1 part || code=$?
    line+=$part
    if [[ $code == 0 ]]; then
      printf '%s\n' "$line" >>"$log"
      case $line in
        *'] Building '*'['*']') at=${line#*Building } ;;
        *'] Download'*) at=${line##*/} ;;
        Get:* | Unpacking* | 'Setting up'*) at=$line ;;
      esac
      line=''
    elif [[ $code -le 128 ]]; then
      break
    fi
    printf '\r\033[K%s %4d s  %.*s' "$label" $((SECONDS - start)) $((width > 0 ? width : 0)) "$at" >&2
  done
  printf '\r\033[K%s %4d s\n' "$label" $((SECONDS - start)) >&2
}

# ---- JDK ----

# The feature version of the JDK in a folder, from its release file: 25 for "25.0.1", 26 for "26-ea", 8 for "1.8.0_442".
# Fails if the folder holds no JDK (a runtime without a compiler is none).
jdk_feature() {
  local line version=''
  [[ -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] || return 1
  while IFS= read -r line; do
    case $line in JAVA_VERSION=*) version=${line#*=} ;; esac
  done <"$1/release"
  version=${version//\"/}
  version=${version#1.}
  version=${version%%[!0-9]*}
  [[ -n $version ]] && printf '%s\n' "$version"
}

# A JDK for another processor has a fitting version and does not start.
jdk_works() { "$1/bin/java" -version >/dev/null 2>&1; }

# Prints the folder of a JDK that is new enough: the one JAVA_HOME names, else a JDK 25, else a newer one.
find_jdk() {
  local folder feature newer='' on_path remembered=''
  if [[ -n ${JAVA_HOME-} ]] && feature=$(jdk_feature "$JAVA_HOME") && [[ $feature -ge $jdk_version ]] \
    && jdk_works "$JAVA_HOME"; then
    printf '%s\n' "$JAVA_HOME"
    return
  fi
  [[ ! -r $state/current ]] || { IFS= read -r && IFS= read -r remembered; } <"$state/current" || true
  on_path=$(readlink -f -- "$(command -v java || true)" 2>/dev/null || true)

  local IFS=: # parts the patterns, and leaves spaces in them alone
  for folder in ${remembered:+"$remembered"} $jdk_places "${on_path%/bin/java}"; do
    feature=$(jdk_feature "$folder") || continue
    if [[ $feature == "$jdk_version" ]] && jdk_works "$folder"; then
      printf '%s\n' "$folder"
      return
    fi
    if [[ $feature -gt $jdk_version && -z $newer ]] && jdk_works "$folder"; then newer=$folder; fi
  done
  [[ -n $newer ]] && printf '%s\n' "$newer"
}

# Sets java_home and exports it for Maven.
need_jdk() {
  if ! java_home=$(find_jdk); then
    say "Funkstille needs a JDK $jdk_version. None was found by JAVA_HOME, in the usual places (/usr/lib/jvm, /opt, ...) or on the PATH."
    get_jdk || return 1
    if ! java_home=$(find_jdk); then
      say "There is still no working JDK $jdk_version."
      return 1
    fi
  fi
  export JAVA_HOME=$java_home
}

get_jdk() {
  local package=openjdk-$jdk_version-jdk-headless
  if is_root && hash apt-get 2>/dev/null && apt_offers "$package"; then
    say "Installing the system's package $package."
    apt_install "$package" && return
  fi
  fetch_jdk && return
  say "Ways to get one:"
  ! hash apt-get 2>/dev/null || say "  - if the system offers it: sudo apt-get install $package"
  say "  - unpack a JDK $jdk_version from https://adoptium.net anywhere and set JAVA_HOME to its folder"
  return 1
}

# Temurin, into the user's cache. The answer of the Adoptium service names the archive and its SHA-256
# together, so that the two always belong to the same release.
# FUNKSTILLE_JDK_URL is another place with the same service.
fetch_jdk() {
  local base=${FUNKSTILLE_JDK_URL:-https://api.adoptium.net} architecture system=linux answer link sum size name partial
  case $(uname -s) in
    Linux) ;;
    *) say "Temurin is fetched for Linux only."; return 1 ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) architecture=x64 ;;
    aarch64 | arm64) architecture=aarch64 ;;
    *) say "Temurin is fetched for x86_64 and aarch64 only."; return 1 ;;
  esac
  [[ ! -e /etc/alpine-release ]] || system=alpine-linux
  need_fetcher || return 1

  if ! answer=$(fetch "$base/v3/assets/latest/$jdk_version/hotspot?architecture=$architecture&image_type=jdk&os=$system&vendor=eclipse"); then
    say "$base cannot be reached or has no JDK $jdk_version for this machine."
    return 1
  fi
  answer=${answer//[[:space:]]/}
  answer=${answer#*\"package\":\{}
  answer=${answer%%\}*}
  link=$(json_text "$answer" link)
  sum=$(json_text "$answer" checksum)
  name=$(json_text "$answer" name)
  size=${answer#*\"size\":}
  size=${size%%[!0-9]*}
  if [[ ! $sum =~ ^[0-9a-f]{64}$ || ! $name =~ ^[A-Za-z0-9._+-]+\.tar\.gz$ ]] \
    || [[ $link != https://* && $link != "$base"/* ]]; then
    say "$base gave an answer that is not understood; nothing was fetched."
    return 1
  fi

  say "Fetching Temurin $jdk_version${size:+ ($((size / 1000000)) MB)} into $cache_home ..."
  partial=$cache_home/partial.$$
  mkdir -p "$partial/jdk"
  if unpack_jdk "$link" "$sum" "$partial"; then
    name=${name%.tar.gz}
    rm -rf "${cache_home:?}/jdk-$name"
    mv "$partial/jdk" "$cache_home/jdk-$name"
    rm -rf "$partial"
    say "Temurin $jdk_version is in $cache_home/jdk-$name"
  else
    rm -rf "$partial"
    return 1
  fi
}

unpack_jdk() {
  local link=$1 sum=$2 folder=$3
  fetch "$link" "$folder/archive" || { say "The download failed: $link"; return 1; }
  if [[ $(sha256 "$folder/archive") != "$sum" ]]; then
    say "The SHA-256 checksum of the downloaded JDK is wrong; it was thrown away. Expected $sum from $link"
    return 1
  fi
  tar -xzf "$folder/archive" -C "$folder/jdk" --strip-components=1 || { say "The JDK could not be unpacked."; return 1; }
  jdk_feature "$folder/jdk" >/dev/null || { say "The archive holds no JDK."; return 1; }
}

# json_text OBJECT KEY: the text value of a key in a flat piece of JSON without spaces.
json_text() {
  local value=${1#*\""$2"\":\"}
  [[ $value != "$1" ]] || return 0
  printf '%s\n' "${value%%\"*}"
}

sha256() {
  local sum
  if hash sha256sum 2>/dev/null; then sum=$(sha256sum <"$1"); else sum=$(shasum -a 256 <"$1"); fi
  printf '%s\n' "${sum%% *}"
}

need_fetcher() {
  hash curl 2>/dev/null || hash wget 2>/dev/null || need_packages "downloads" curl:curl curl:ca-certificates
}

# fetch ADDRESS [FILE]: to the file, with a progress bar on a terminal, or to standard output.
fetch() {
  local bar=()
  if hash curl 2>/dev/null; then
    bar=(--silent --show-error)
    [[ ! -t 2 || -z ${2-} ]] || bar=(--progress-bar)
    curl --fail --location --retry 3 --connect-timeout 20 "${bar[@]}" --output "${2:--}" -- "$1"
  else
    bar=(--quiet)
    [[ ! -t 2 || -z ${2-} ]] || bar=(--quiet --show-progress)
    wget --tries=3 --connect-timeout=20 "${bar[@]}" -O "${2:--}" -- "$1"
  fi
}

# ---- Maven ----

# Sets maven to the command. Wants java_home.
need_maven() {
  local line
  # The first line may be coloured: [1mApache Maven 3.9.9 (...)
  if hash mvn 2>/dev/null && line=$(cd / && mvn -v 2>/dev/null) \
    && [[ $line =~ Apache\ Maven\ ([0-9]+)\.([0-9]+) ]] \
    && ((BASH_REMATCH[1] > 3 || BASH_REMATCH[1] == 3 && BASH_REMATCH[2] >= 8)); then
    maven=(mvn)
    return
  fi
  maven=("$root/mvnw")
  # The wrapper checks the sum of the zip file only, so it has to be able to unpack one.
  hash unzip 2>/dev/null || PATH=$PATH:$root/scripts/without-unzip
  [[ -d ${MAVEN_USER_HOME:-$HOME/.m2}/wrapper/dists ]] \
    || say "Fetching Maven (9 MB) into ${MAVEN_USER_HOME:-$HOME/.m2}/wrapper ..."
}

# ---- system packages ----

# missing_packages TOOL:PACKAGE...: the packages of those tools that are not there.
missing_packages() {
  local pair packages=' '
  for pair in "$@"; do
    hash "${pair%%:*}" 2>/dev/null || [[ $packages == *" ${pair#*:} "* ]] || packages+="${pair#*:} "
  done
  printf '%s\n' "${packages# }"
}

# need_packages WHY TOOL:PACKAGE...: installs what is missing as root, else names the command that does.
need_packages() {
  local why=$1 packages
  shift
  packages=$(missing_packages "$@")
  packages=${packages% }
  [[ -n $packages ]] || return 0
  if ! hash apt-get 2>/dev/null; then
    say "These are needed for $why and missing; please install them with your system's package manager (names as in Debian): $packages"
    return 1
  fi
  if ! is_root; then
    say "System packages needed for $why are missing. Install them with:"
    say "  sudo apt-get install $packages"
    return 1
  fi
  say "Installing the system packages needed for $why: $packages"
  # shellcheck disable=SC2086  # a list of words
  apt_install $packages && hash -r
}

apt_offers() {
  apt_knows "$1" || { apt_update && apt_knows "$1"; }
}

apt_knows() {
  local answer
  answer=$(apt-cache policy "$1" 2>/dev/null) && [[ $answer == *Candidate:\ * && $answer != *'Candidate: (none)'* ]]
}

apt_update() {
  with_progress "Asking for the list of packages" /dev/null apt-get update
}

apt_install() {
  local log
  log=$(mktemp)
  # The lists of packages may be old or missing, so a first failure only means: get them and try again.
  if ! apt_get_install "$log" "$@"; then
    # One unreachable source among several is no reason to give up.
    apt_update || true
    if ! apt_get_install "$log" "$@"; then
      tail -n 20 "$log" >&2
      rm -f "$log"
      say "apt-get could not install: $*"
      return 1
    fi
  fi
  rm -f "$log"
}

apt_get_install() {
  local log=$1 policy=/usr/sbin/policy-rc.d code=0
  shift
  case " $* " in
    *' openssh-server '*)
      say "(The tests start their own SSH server; the system's is neither started now nor at boot.)"
      # Debian's way to keep a package from starting its service.
      if [[ -e $policy ]]; then policy=; else printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"; fi
      ;;
    *) policy= ;;
  esac
  DEBIAN_FRONTEND=noninteractive with_progress "Installing" "$log" \
    apt-get install -y --no-install-recommends "$@" || code=$?
  [[ -z $policy ]] || rm -f "$policy"
  case "$code $* " in
    '0 '*' openssh-server '*) deb-systemd-helper disable ssh.service ssh.socket >/dev/null 2>&1 || true ;;
  esac
  return "$code"
}
