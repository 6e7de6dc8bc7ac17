# shellcheck shell=bash
# shellcheck disable=SC2154  # variables shared with whoever reads this file
# Builds the program into the state folder. Wants setup.sh and state.sh read before.

# Everything a first start needs; afterwards the variables of choose_state are set.
prepare() {
  local code=0
  lock_state || return 1
  # Another start may have done all of it meanwhile.
  load_state || { need_jdk && need_maven && build; } || code=1
  give_back
  unlock_state
  return "$code"
}

# After `sudo` in somebody's checkout the files shall still be theirs.
give_back() {
  [[ $EUID != 0 || -O $root || ! -w $root ]] \
    || chown -R --reference="$root" "$state" "$root"/target "$root"/*/target 2>/dev/null || true
}

lock_state() {
  mkdir -p "$state" || return 1
  hash flock 2>/dev/null || return 0
  exec 9>"$state/lock"
  flock -n 9 && return
  say_progress "Waiting for another build of Funkstille to end ..."
  flock 9
}

unlock_state() { ! hash flock 2>/dev/null || exec 9>&-; }

build() {
  local tree=$root log=$state/build.log
  if [[ $root == *:* ]]; then
    say "Java cannot run from a folder with a colon in its name: $root"
    return 1
  fi
  # Perhaps somebody else's, from before.
  rm -f "$log" "$state/training.log"
  begin_stamp
  [[ -w $root ]] || { tree=$state/tree && copy_sources "$tree"; } || return 1
  [[ -e $state/current ]] || say_progress "Building Funkstille for the first time; this takes a minute or two."
  if ! (cd "$tree" && with_progress "Building Funkstille" "$log" \
    "${maven[@]}" -B -Dquick -DskipTests -pl cli -am package 9>&-); then
    rm -f "$stamp"
    grep -F '[ERROR]' "$log" | head -n 30 >&2 || tail -n 30 "$log" >&2
    say "The build failed. All of what Maven said is in $log"
    return 1
  fi
  install_app "$tree"
}

# A read-only checkout is built in a copy, because Maven writes beside the sources.
copy_sources() {
  mkdir -p "$1" || return 1
  # Files that are gone from the sources must go from the copy; what was built stays.
  rm -rf "${1:?}"/*/src
  (cd "$root" && tar -cf - --exclude=target --exclude=.funkstille --exclude=.git .) | tar -xf - -C "$1"
}

# Whatever changes while a build runs is newer than this.
begin_stamp() {
  local newer
  stamp=$state/stamp.$$
  touch "$stamp"
  # A clock that is behind the sources' times would mean a build at every start.
  while newer=$(sources_newer_than "$stamp") && [[ -n $newer ]]; do touch -r "$newer" "$stamp"; done
}

# install_app TREE: takes over the jars that a finished build left, and makes this the program that is started.
install_app() {
  local jars="$1/cli/target/dist/lib" jar before
  before=${app-}
  app=app-$(date +%Y%m%d-%H%M%S)-$$
  mkdir -p "$state/$app/lib" || return 1
  cp "$jars"/*.jar "$state/$app/lib/" || { say "The build left no jars in $jars"; return 1; }
  class_path=
  for jar in "$state/$app/lib/"*.jar; do class_path+=${class_path:+:}$jar; done
  cp "$java_home/release" "$state/$app/release"
  mv "$stamp" "$state/$app/stamp"
  train
  printf '%s\n' "$state" "$java_home" "$app" "$class_path" >"$state/current.new"
  mv "$state/current.new" "$state/current"
  remove_old_apps "$app" "$before"
}

# Java's start-up cache is bound to this machine, this JDK and these jars.
train() {
  local log=$state/training.log
  # shellcheck disable=SC2086  # a list of words
  if ! with_progress "Preparing quick starts " "$log" \
    "$java_home/bin/java" "${java_flags[@]}" "-XX:AOTCacheOutput=$state/$app/start.aot" \
    -cp "$class_path" org.funkstille.cli.Training 9>&- || [[ ! -s $state/$app/start.aot ]]; then
    rm -f "$state/$app/start.aot"
    say_progress "Java's start-up cache could not be made; each start takes a little longer (see $log)."
  fi
}

# Keeps the given ones and any that a process still runs from.
remove_old_apps() {
  local folder name
  for folder in "$state"/app-*/; do
    folder=${folder%/}
    name=${folder##*/}
    [[ $name != "$1" && $name != "$2" ]] || continue
    app_in_use "$folder" || rm -rf "$folder"
  done
}

app_in_use() {
  local process line
  for process in /proc/[0-9]*/cmdline; do
    while IFS= read -r -d '' line; do
      [[ $line != *"$1/lib/"* ]] || return 0
    done 2>/dev/null <"$process" || true
  done 2>/dev/null
  return 1
}
