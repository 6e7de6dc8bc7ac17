# shellcheck shell=bash
# shellcheck disable=SC2154  # root is set by ./check
# Counts what ./check ran and says it.

passed=0 failed=0 skipped=0 need_root=0
failures=()

if [[ -t 1 ]]; then bold=$'\033[1m' plain=$'\033[0m'; else bold='' plain=''; fi

step() { printf '\n%s== %s ==%s\n' "$bold" "$1" "$plain"; }
pass() { passed=$((passed + 1)) && printf 'ok - %s\n' "$1"; }
fail() { failed=$((failed + 1)) && failures+=("$1") && printf 'not ok - %s\n' "$1"; }
skip() { skipped=$((skipped + 1)) && printf 'ok - %s # SKIP\n' "$1"; }

# Adds up the reports that Maven's tests left.
count_reports() {
  local report tests errors bad left module line
  modules=()
  for module in */pom.xml; do
    module=${module%/pom.xml}
    local all=0 wrong=0 out=0
    for report in "$module"/target/surefire-reports/TEST-*.xml; do
      [[ -r $report ]] || continue
      read -r tests errors bad left < <(report_numbers "$report")
      all=$((all + tests)) wrong=$((wrong + errors + bad)) out=$((out + left))
      while IFS= read -r line; do failures+=("$module: $line"); done < <(report_failures "$report")
      need_root=$((need_root + $(grep -c '<skipped.*needs root' "$report" || true)))
    done
    passed=$((passed + all - wrong - out)) failed=$((failed + wrong)) skipped=$((skipped + out))
    [[ $all == 0 ]] || modules+=("$(printf '%-10s %5d passed %4d failed %4d skipped' "$module" $((all - wrong - out)) "$wrong" "$out")")
  done
}

# The numbers of tests, errors, failures and skipped ones, from the report's first element.
report_numbers() {
  awk '
    function number(name) { return match(line, " " name "=\"[0-9]+") ? substr(line, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : 0 }
    { line = line " " $0 }
    /<testsuite/ { inside = 1 }
    inside && />/ && line ~ /<testsuite[^>]*>/ {
      sub(/.*<testsuite/, "", line); sub(/>.*/, "", line)
      print number("tests"), number("errors"), number("failures"), number("skipped")
      done = 1; exit
    }
    END { if (!done) print 0, 1, 0, 0 }' "$1"
}

report_failures() {
  awk '
    function text(name) { return match($0, " " name "=\"[^\"]*") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : "" }
    /<testcase / { test = text("classname") "." text("name") }
    /<(failure|error)[ >]/ { print test }' "$1"
}

smoke_test() {
  local out=$root/target/smoke.out err=$root/target/smoke.err
  mkdir -p "$root/target"
  if ./funkstille --help >"$out" 2>"$err" </dev/null && [[ -s $out ]]; then pass "./funkstille --help"; else fail "./funkstille --help"; fi
  if [[ ! -s $err ]]; then pass "... says nothing on standard error"; else fail "... says nothing on standard error" && cat "$err"; fi
  if ./funkstille --no-such-option >"$out" 2>"$err" </dev/null; then fail "an unknown option fails"; else pass "an unknown option fails"; fi
}

# Each file prints "ok - name" or "not ok - name" for each of its tests.
shell_tests() {
  local file line before
  for file in scripts/test/*.sh; do
    before=$failed
    local code=0 output
    output=$(bash "$file" 2>&1 </dev/null) || code=$?
    while IFS= read -r line; do
      case $line in
        'ok - '*'# SKIP'*) skip "${line#ok - }" ;;
        'ok - '*) pass "${line#ok - }" ;;
        'not ok - '*) fail "${line#not ok - }" ;;
        *) printf '%s\n' "$line" ;;
      esac
    done <<<"$output"
    [[ $code == 0 || $failed != "$before" ]] || fail "$file ended with $code"
  done
}

# Ends the script.
summary() {
  local line
  step "Summary"
  ((${#modules[@]} == 0)) || printf '%s\n' "${modules[@]}"
  ((${#failures[@]} == 0)) || { echo "Failed:" && printf '  %s\n' "${failures[@]}"; }
  if [[ $need_root != 0 ]]; then
    echo "$need_root integration tests were skipped: they need root and network namespaces."
    if [[ ${CI-} == true ]]; then
      echo "In continuous integration (CI=true) that is a failure."
      line=1
    fi
  fi
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [[ $failed == 0 && -z ${line-} ]] || exit 1
}
