#!/bin/sh
# The same files, options and seed give the same plan, whatever the number of threads.
. "$(dirname "$0")/common"

tiny=$(operation tiny)
for threads in 1 2 5; do
    run "0|1" plan "$tiny" -o "$scratch/$threads" --threads "$threads" --seed 3 --gap 0.08 -t 20 &&
        ! err_has "time limit"
    tell "the search ends by its own rule with $threads threads" $?
done
for threads in 2 5; do
    cmp -s "$scratch/1/plan.json" "$scratch/$threads/plan.json" &&
        cmp -s "$scratch/1/calendar.csv" "$scratch/$threads/calendar.csv"
    tell "$threads threads give the same bytes as one" $?
done
finish
