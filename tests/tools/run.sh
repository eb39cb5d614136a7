#!/bin/sh
# The test runner counts what cmocka tells, and lets no crash, hang or empty program pass.
set -u
top=$(mktemp -d) || exit 1
trap 'rm -rf "$top"' EXIT
mkdir -p "$top/tests" "$top/build/tests/some"
cp "$(dirname "$0")/../run" "$top/tests/run"

# fake <lines of shell>: the only test program there is.
fake() {
    printf '#!/bin/sh\n%s\n' "$1" >"$top/build/tests/some/test_fake"
    chmod +x "$top/build/tests/some/test_fake"
}

# expect <sentence> <exit code> <last line>
expect() {
    code=0
    said=$(TEST_SECONDS=1 "$top/tests/run" build) || code=$?
    last=$(echo "$said" | tail -n 1)
    if [ "$code" -eq "$2" ] && [ "$last" = "$3" ]; then
        echo "ok $1"
    else
        echo "not ok $1: exit code $code, $last"
    fi
}

expect "no program at all is a failure" 1 "0 passed, 1 failed"
fake 'echo "[  PASSED  ] 3 test(s)." >&2'
expect "passed tests are counted" 0 "3 passed, 0 failed"
fake 'echo "[  PASSED  ] 3 test(s)." >&2; echo "[  FAILED  ] 2 test(s), listed below:"; exit 2'
expect "failed tests are counted" 1 "3 passed, 2 failed"
fake 'echo "[  PASSED  ] 3 test(s)."; kill -SEGV $$'
expect "a crash is a failure" 1 "3 passed, 1 failed"
fake 'sleep 5'
expect "a program that hangs is a failure" 1 "0 passed, 1 failed"
fake 'exit 0'
expect "a program without tests is a failure" 1 "0 passed, 1 failed"
fake 'echo "[  SKIPPED ] 1 test(s), listed below:"'
expect "a skipped test is no failure" 0 "0 passed, 0 failed"

rm "$top/build/tests/some/test_fake"
printf '#!/bin/sh\necho "$PILOTE" | grep -q "/build/pilote$"\n' >"$top/tests/script.sh"
chmod +x "$top/tests/script.sh"
expect "a script is told the program and counts as one test" 0 "1 passed, 0 failed"
printf '#!/bin/sh\necho "ok a"\necho "not ok b"\necho "ok c"\n' >"$top/tests/script.sh"
expect "a script may tell several tests" 1 "2 passed, 1 failed"
printf '#!/bin/sh\necho "figure: 12 of 13"\necho "said"\necho "ok a"\n' >"$top/tests/script.sh"
said=$(TEST_SECONDS=1 "$top/tests/run" build)
echo "$said" | grep -q '^    12 of 13$' && ! echo "$said" | grep -q said &&
    echo "ok figures are shown, and nothing else of what passes" || echo "not ok figures are shown"
