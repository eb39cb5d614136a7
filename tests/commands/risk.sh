#!/bin/sh
# pilote risk: which dates hold, and whom to call.
. "$(dirname "$0")/common"

tiny=$(operation tiny)
run 0 plan "$tiny" -q -t 1
rm "$tiny/suppliers.csv"
run 3 risk "$tiny" -q && err_has "suppliers.csv" && err_has "supplier_history.csv"
tell "without a word about suppliers there is no answer" $?

printf 'supplier,on_time,delay_days,spread_days\nKitchens Direct,50%%,12,5\n' >"$tiny/suppliers.csv"
run 0 check "$tiny" && out_has "no faults" && ! err_has suppliers
tell "the file belongs to the operation's folder" $?
run 0 risk "$tiny" -q --samples 60 && out_has "60 samples" && out_has "Kitchens Direct" &&
    out_has "100 %" && out_has "do not promise yet" && out_has "holds at 90 %"
tell "supplier, returns and what not to promise are told" $?
run 0 risk "$tiny" -q --samples 60 --json -j 1 && cp "$scratch/out" "$scratch/one" &&
    run 0 risk "$tiny" -q --samples 60 --json -j 2 && cmp -s "$scratch/out" "$scratch/one"
tell "two workers say the same as one, to the byte" $?
run 0 risk "$tiny" -q --samples 60 --json --seed 2 && ! cmp -s "$scratch/out" "$scratch/one"
tell "another seed draws other deliveries" $?
python3 - "$scratch/one" <<'END'
import json, sys
answer = json.load(open(sys.argv[1]))
assert answer["samples"] == 60 and answer["failed"] == 0
assert answer["suppliers"][0]["share"]["value"] == 1
assert answer["suppliers"][0]["lorries"] == 3
assert len(answer["households"]) == 4
for h in answer["households"]:
    c = h["confidence"]
    assert c["low"] <= c["value"] <= c["high"]
    assert h["promise"] == (c["value"] >= 0.8)
    assert h["p50"] <= h["p80"] <= h["p90"] <= h["p95"]
    assert h["promise"] or h["p90"] > h["plan"]
END
tell "confidence, quantiles and advice agree" $?
run 0 risk "$tiny" -q --samples 20 --csv && [ "$(wc -l <"$scratch/out")" -eq 5 ]
tell "spreadsheets get a row for each household" $?

rm "$tiny/suppliers.csv"
{
    echo "supplier,promised,actual"
    for day in 01 02 03 04 05 06; do echo "Kitchens Direct,2026-06-$day,2026-06-$day"; done
    echo "Kitchens Direct,2026-06-08,2026-06-20"
    echo "Kitchens Direct,2026-06-09,2026-06-25"
} >"$tiny/supplier_history.csv"
run 0 risk "$tiny" -q --samples 20 --json && out_has '"on_time":0.7,"delay_days":14,' &&
    out_has '"history":8'
tell "the past serves where nothing is given" $?
printf 'supplier;on_time;delay_days\n*;0,9;7,5\n' >"$tiny/suppliers.csv"
rm "$tiny/supplier_history.csv"
run 0 risk "$tiny" -q --samples 20 --json && out_has '"on_time":0.9,"delay_days":7.5,"spread_days":3.75'
tell "a row for everybody serves the others, as spreadsheets write it" $?
printf 'supplier,on_time,delay_days\nSomebody,0.9,7\n' >"$tiny/suppliers.csv"
run 0 risk "$tiny" --samples 20 && err_has "nothing is said of the supplier 'Kitchens Direct'"
tell "a supplier about whom nothing is known is told" $?

printf 'supplier,on_time,delay_days\nA,1.5,7\nB,x,7\nC,0.5,-1\nC,0.5,999\nD,0.5,1\nD,0.5,1\n,1,1\n' \
    >"$tiny/suppliers.csv"
echo "supplier,promised,actual
Kitchens Direct,2026-13-01,soon" >"$tiny/supplier_history.csv"
run 3 risk "$tiny" -q && [ "$(grep -c "share from 0 to 1" "$scratch/err")" -eq 2 ] &&
    [ "$(grep -c "days from 0 to 365" "$scratch/err")" -eq 2 ] && err_has "each supplier once" &&
    err_has "suppliers.csv:8" && err_has "supplier_history.csv:2: column 'actual'"
tell "faults of both files are told all at once" $?
run 2 risk "$tiny" --samples 0 && run 2 plan "$tiny" --samples 3
tell "samples are counted" $?
finish
