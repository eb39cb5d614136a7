#!/bin/sh
# The same files, options and seed give the same plan, whatever the number of threads.
. "$(dirname "$0")/common"

tiny=$(operation tiny)
for threads in 1 2 5; do
    run "0|1" plan "$tiny" -o "$scratch/$threads" --threads "$threads" --seed 3 --rounds 5 -t 100 &&
        ! err_has "time limit"
    tell "the search ends by its own rule with $threads threads" $?
done
pinsons=$(operation pinsons)
run 0 plan "$pinsons" -o "$scratch/many_1" --threads 1 --rounds 8 -t 300 &&
    run 0 plan "$pinsons" -o "$scratch/many_2" --threads 2 --rounds 8 -t 300 &&
    cmp -s "$scratch/many_1/plan.json" "$scratch/many_2/plan.json"
tell "a number of rounds ends the search at the same plan of sixty households with one thread and two" $?
generate=$(dirname "$PILOTE")/bench/generate
"$generate" -q --households 105 --seed 4 "$scratch/large" &&
    run 0 plan "$scratch/large" -o "$scratch/large_1" --threads 1 --rounds 2 -t 300 &&
    run 0 plan "$scratch/large" -o "$scratch/large_2" --threads 2 --rounds 2 -t 300 &&
    cmp -s "$scratch/large_1/plan.json" "$scratch/large_2/plan.json"
tell "so many households that two walks share a plan have the same one with one thread and two" $?
for threads in 2 5; do
    cmp -s "$scratch/1/plan.json" "$scratch/$threads/plan.json" &&
        cmp -s "$scratch/1/calendar.csv" "$scratch/$threads/calendar.csv" &&
        cmp -s "$scratch/1/report.html" "$scratch/$threads/report.html"
    tell "$threads threads give the same bytes as one" $?
done
finish
