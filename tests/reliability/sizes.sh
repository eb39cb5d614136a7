#!/bin/sh
# Files that are made to be too much end in an error, within two seconds of work and 200 MB.
. "$(dirname "$0")/../commands/common"

command -v python3 >/dev/null || { echo "ok # skipped: there is no Python"; exit 0; }
files="python3 $root/tests/reliability/hostile_files.py"
# With a sanitizer each step of a cell's growth is a copy, so that time and memory say nothing.
if sanitized; then
    echo "ok # skipped: a sanitizer needs memory and time of its own"
    exit 0
fi
limits="ulimit -t 2; ulimit -v 262144"

# bounded CODE ARGUMENT...: as run, under the limits.
bounded() {
    wanted=$1
    shift
    code=0
    (eval "$limits" && exec "$PILOTE" "$@") >"$scratch/out" 2>"$scratch/err" || code=$?
    [ "$code" -eq "$wanted" ] || { echo "exit code $code instead of $wanted" >>"$scratch/err"; return 1; }
}

tiny=$(operation tiny)
bounded 0 check "$tiny"
tell "the limits are enough for what is in order" $?
for name in $($files); do
    tiny=$(operation tiny)
    $files "$name" "$tiny"
    bounded 3 check "$tiny" && [ "$(wc -c <"$scratch/out")" -lt 100000 ]
    tell "refused in time: $(echo "$name" | tr _ ' ')" $?
done

# The same of the files that only some commands read.
plan_dir=$scratch/plan
"$PILOTE" plan "$(operation tiny)" -q -t 0 -o "$plan_dir" >"$scratch/out" 2>"$scratch/err"
for name in $($files suppliers.csv) $($files supplier_history.csv); do
    tiny=$(operation tiny)
    mkdir "$tiny/plan" && cp "$plan_dir/plan.json" "$tiny/plan/"
    $files "$name" "$tiny"
    bounded 3 risk "$tiny" && [ "$(wc -c <"$scratch/err")" -lt 100000 ]
    tell "refused in time: $(echo "$name" | tr _ ' ')" $?
done
for name in $($files scenario.json); do
    tiny=$(operation tiny)
    mkdir "$tiny/plan" && cp "$plan_dir/plan.json" "$tiny/plan/"
    $files "$name" "$tiny"
    bounded 3 whatif "$tiny" --scenario "$tiny/scenario.json" && [ "$(wc -c <"$scratch/err")" -lt 100000 ]
    tell "refused in time: $(echo "$name" | tr _ ' ')" $?
done
finish
