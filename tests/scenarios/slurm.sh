#!/bin/sh
# --engine slurm: the same answers through a job array. Skipped, and says so, where no Slurm can run.
. "$(dirname "$0")/../commands/common"
. "$(dirname "$0")/one_node"

tiny=$(operation tiny)
run 0 plan "$tiny" -q --rounds 5
work=$scratch/work

run 2 whatif "$tiny" -q --slip K1:+1d --engine slurm && err_has "needs --work=FOLDER"
tell "a folder for the results is needed" $?
run 2 whatif "$tiny" -q --slip K1:+1d --engine sge && err_has "local or slurm"
tell "other engines are not known" $?
mkdir "$scratch/bin"
old=$PATH
PATH=$scratch/bin
run 5 whatif "$tiny" -q --slip K1:+1d --slip K3:+1d --engine slurm --work "$work"
PATH=$old
[ "$(grep -c 'could not be planned' "$scratch/err")" -eq 2 ] && err_has sbatch
tell "without Slurm each part says why it could not be done" $?
run 2 whatif "$tiny" -q --slip K1:+1d --work "$work" --job 1 && err_has "no part 1"
tell "a part that is not there is told" $?
run 0 whatif "$tiny" -q --slip K1:+1d --work "$work" --job 0 && [ -s "$work/0.result" ] &&
    [ ! -s "$scratch/out" ]
tell "one part alone writes its result" $?
set -- --slip K1:+1d --slip K2:+1d --slip K3:+1d
run 0 whatif "$tiny" -q "$@" --work "$work" --job 0-2 && [ -s "$work/1.result" ] && [ -s "$work/2.result" ]
tell "several parts are done one after the other" $?

trap 'cluster_stop; rm -rf "$scratch"' EXIT
if ! cluster_start "$scratch/cluster" >"$scratch/why" 2>&1; then
    echo "ok # SKIPPED: Slurm could not be started here, so its job arrays are not tested:"
    cat "$scratch/why" "$scratch"/cluster/*.log 2>/dev/null | tail -n 5 | sed 's/^/    /'
    finish
fi

tasks() { grep -c 'sched: Allocate' "$scratch/cluster/slurmctld.log"; }

run 0 risk "$tiny" -q --samples 5 --json && cp "$scratch/out" "$scratch/local" &&
    run 0 risk "$tiny" -q --samples 5 --json --engine slurm --work "$work" &&
    cmp -s "$scratch/out" "$scratch/local" && [ "$(tasks)" -eq 2 ]
tell "risk says the same through Slurm, to the byte" $?
run 0 risk "$tiny" -q --samples 6 --json && cp "$scratch/out" "$scratch/local" &&
    run 0 risk "$tiny" -q --samples 6 --json --engine slurm --work "$work" &&
    cmp -s "$scratch/out" "$scratch/local" && [ "$(tasks)" -eq 3 ]
tell "what is finished is not computed again" $?

# Settled after sixty samples, in the middle of the second batch.
printf 'supplier,on_time,delay_days,spread_days\nKitchens Direct,91%%,12,5\n' >"$tiny/suppliers.csv"
set -- risk "$tiny" -q --samples 200 --seed 2 --json
run 0 "$@" && cp "$scratch/out" "$scratch/local" && out_has '"settled":true' &&
    ! out_has '"samples":40,' && ! out_has '"samples":80,' &&
    run 0 "$@" --engine slurm --work "$work" && cmp -s "$scratch/out" "$scratch/local"
tell "risk stops after the same sample, whatever the batches" $?

# A larger operation, whose parts take a while.
pinsons=$(operation pinsons)
run "0|1" plan "$pinsons" -q -t 2

# Forty samples, in two arrays since the cluster allows no larger ones: the run is killed while one of two tasks is under way, and that one dies as well; what it has
# done is not done again, and the other one, which is waiting, is not submitted again.
set -- risk "$pinsons" -q --json --samples 40 -j 1
run 0 "$@" && cp "$scratch/out" "$scratch/local"
results() { find "$work" -name '*.result' -printf '%f %i %T@\n' | sort; }
waiting() { squeue -h -r -t PD | wc -l; }
rm -r "$work" && mkdir "$work"
scontrol update partitionname=tests maxcpuspernode=1
before=$(tasks)
"$PILOTE" "$@" --engine slurm --work "$work" >/dev/null 2>&1 &
pid=$!
some_done() { results | grep -q .; }
wait_until 120 some_done
{ kill -KILL "$pid" && wait "$pid"; } 2>/dev/null
scontrol update partitionname=tests state=down
scancel -t R -s KILL "$(squeue -h -r -t R -o %F_%K)" 2>/dev/null
none_running() { ! squeue -h -r -t R,CG | grep -q .; }
wait_until 60 none_running
results >"$scratch/then"
[ -s "$scratch/then" ] && [ "$(waiting)" -eq 1 ] && [ "$(tasks)" -eq $((before + 1)) ]
tell "a run that was killed leaves results and a task in the queue" $?
"$PILOTE" "$@" --engine slurm --work "$work" >"$scratch/out" 2>"$scratch/err" &
pid=$!
two_wait() { [ "$(waiting)" -eq 2 ]; }
wait_until 60 two_wait && scontrol update partitionname=tests state=up && wait "$pid" &&
    cmp -s "$scratch/out" "$scratch/local" && [ "$(tasks)" -eq $((before + 5)) ]
tell "the same question goes on from there, to the same bytes" $?
results >"$scratch/now"
[ "$(wc -l <"$scratch/now")" -eq 40 ] && [ -z "$(comm -23 "$scratch/then" "$scratch/now")" ]
tell "no sample was planned twice" $?
scontrol update partitionname=tests maxcpuspernode=unlimited

set -- whatif "$pinsons" -q --json --slip C03:+10d --slip C04:+10d --slip C05:+10d
run 0 "$@" && cp "$scratch/out" "$scratch/local"
running() { squeue -h -r -t R -o %A_%K | grep -q .; }
"$PILOTE" "$@" --engine slurm --work "$work" >"$scratch/out" 2>"$scratch/err" &
pid=$!
before=$(tasks)
wait_until 30 running && scancel "$(squeue -h -r -t R -o %F_%K | head -n 1)"
wait "$pid" && cmp -s "$scratch/out" "$scratch/local" && [ "$(tasks)" -gt $((before + 2)) ]
tell "a task that dies is submitted again" $?

set -- "$@" --slip C06:+10d --seed 2
"$PILOTE" "$@" --engine slurm --work "$work" >"$scratch/out" 2>"$scratch/err" &
pid=$!
wait_until 30 running && kill -INT "$pid"
code=0
wait "$pid" || code=$?
queue_empty() { ! squeue -h -r | grep -q .; }
[ "$code" -eq 1 ] && out_has '"stopped before"' && wait_until 30 queue_empty
tell "Ctrl-C takes the tasks back and tells what is done" $?
finish
