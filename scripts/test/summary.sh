#!/usr/bin/env bash
# Tests of how ./check counts.
set -u
# shellcheck source=scripts/test/lib/stubs.sh
source "${BASH_SOURCE[0]%/*}/lib/stubs.sh"
mkdir -p "$work/tree/core/target/surefire-reports" "$work/tree/cli"
cd "$work/tree" || exit 1
touch core/pom.xml cli/pom.xml
cat >core/target/surefire-reports/TEST-a.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0.2" name="a.A" time="0.1" tests="4" errors="0" skipped="2" failures="1" flakes="0">
  <properties><property name="tests" value="99"/></properties>
  <testcase name="good" classname="a.A" time="0.001"/>
  <testcase name="bad" classname="a.A" time="0.001">
    <failure message="no" type="x"><![CDATA[no]]></failure>
  </testcase>
  <testcase name="root" classname="a.A" time="0.001">
    <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: Assumption failed: needs root and namespaces
]]></skipped>
  </testcase>
  <testcase name="later" classname="a.A" time="0.001">
    <skipped message="later"/>
  </testcase>
</testsuite>
XML
cut -c1-300 core/target/surefire-reports/TEST-a.xml | sed 's/errors="0"/errors="1"/; s/tests="4"/tests="5"/' >core/target/surefire-reports/TEST-b.xml

# shellcheck source=scripts/summary.sh
source "$repository/scripts/summary.sh"
count_reports
test_that "reports are added up" equals "$passed $failed $skipped" "2 3 4"
test_that "failed tests are named" contains "${failures[*]}" "core: a.A.bad"
echo '<broken' >core/target/surefire-reports/TEST-c.xml
test_that "a broken report counts as an error" equals "$(count_reports && echo "$failed")" 7
out=$(summary)
test_that "the last line is plain" equals "${out##*$'\n'}" "2 passed, 3 failed, 4 skipped"
code=0
(summary) >/dev/null || code=$?
test_that "a failure fails" equals "$code" 1

failed=0
code=0
(summary) >/dev/null || code=$?
test_that "tests skipped for want of root are no failure" equals "$code" 0
(CI=true summary) >/dev/null || code=$?
test_that "... except in continuous integration" equals "$code" 1
