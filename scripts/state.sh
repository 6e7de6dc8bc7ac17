# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # variables shared with whoever reads this file
# Where the built program lies, and whether it is still the one the sources describe.
# Read at every start: no programs are started here except one `find`.
#
#   <state>/current        four lines: this folder, the JDK, the app folder's name, the class path
#   <state>/app-*/lib      the jars, copied, so that a later build never takes them from a running process
#   <state>/app-*/stamp    as old as the build's beginning
#   <state>/app-*/release  the JDK's release file as it was
#   <state>/app-*/start.aot  Java's start-up cache (may be missing)

cache_home=${XDG_CACHE_HOME:-${HOME:-~}/.cache}/funkstille

# Sets state, and with it java_home, app and class_path. False when there is something to prepare;
# state is then the folder to prepare it in.
choose_state() {
  state=$root/.funkstille
  load_state && return
  [[ -w $root && (! -e $state || -w $state) ]] && return 1
  # A checkout that belongs to somebody else: one folder for each in the user's own cache.
  state=$cache_home/checkout-${root//[^A-Za-z0-9._-]/_}
  load_state
}

load_state() {
  [[ -r $state/current ]] || return 1
  local made_in='' release='' built_with=''
  # A checkout that was moved or copied still names its old place.
  {
    IFS= read -r made_in && IFS= read -r java_home && IFS= read -r app && IFS= read -r class_path
  } <"$state/current" || return 1
  [[ $made_in == "$state" && -d $state/$app/lib && -r $state/$app/release ]] || return 1
  [[ -x $java_home/bin/java && -r $java_home/release ]] || return 1
  # The JDK may have been upgraded in its place: then the start-up cache no longer fits.
  IFS= read -r -d '' release <"$java_home/release" || true
  IFS= read -r -d '' built_with <"$state/$app/release" || true
  [[ $release == "$built_with" ]] || return 1
  [[ -z $(sources_newer_than "$state/$app/stamp") ]]
}

# The first source file, or folder that lost a file, which changed after the given file did.
sources_newer_than() {
  local sources=("$root/pom.xml" "$root/scripts/flags.sh" "$root/.mvn/jvm.config") part
  for part in "$root"/*/pom.xml "$root"/*/src/main "$root/profiles"; do
    # The benchmarks are not part of the program.
    [[ $part == "$root/bench/"* || ! -e $part ]] || sources+=("$part")
  done
  find "${sources[@]}" -newer "$1" -print -quit 2>/dev/null || true
}
