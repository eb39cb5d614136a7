#!/bin/sh
# The report, in a real browser, and what each audience's page may hold.
. "$(dirname "$0")/../commands/common"

here=$root/tests/report
estate=$(operation tiny)
plan=$estate/plan/plan.json

# The tenants' own texts are made into traps; one household lives in another building.
sed -i "s|^A1,Mary Ashworth,1 Wren Row,Wren Row,|A1,\"<img src=x onerror=trapped=1> \"\"Mary\"\" \& 'Ash'</script>\",1 Wren Row,\"<b>Wren</b>\"\"Row\",|" \
    "$estate/households.csv"
sed -i 's/^A2,Samuel Okoro,2 Wren Row,Wren Row,/A2,Samuel Okoro,2 Lark Row,Lark Row,/' "$estate/households.csv"
sed -i '1s/$/,access/; 4s/$/,"Ring twice; code 4711"/' "$estate/households.csv"
sed -i 's/^fitters,kitchen_fitter,Kitchen Fitters,/fitters,kitchen_fitter,"Kitchen Fitters <i>\&amp;","/; s/","crew/",crew/' \
    "$estate/resources.csv"
run 0 plan "$estate" -t 1 -q && [ -s "$estate/plan/report.html" ]
tell "a plan comes with its report" $?
run 0 export "$plan" --html "$scratch/pilot.html" && cmp -s "$scratch/pilot.html" "$estate/plan/report.html"
tell "plan.json alone gives the same report, to the byte" $?
[ "$(stat -c %a "$scratch/pilot.html")" = 600 ]
tell "nobody else can read it" $?
rm "$estate/plan/report.html"
run 0 plan "$estate" -t 1 -q --no-report && [ ! -e "$estate/plan/report.html" ]
tell "it can be left out" $?

# For one firm and for one household.
run 0 export "$plan" --html "$scratch/contractor.html" --audience contractor=watts
tell "there is a page for a firm" $?
run 0 export "$plan" --html "$scratch/household.html" --audience household=A3
tell "there is a page for a household" $?
status=0
for secret in Okoro Hill Nair Mary onerror 01632 wheelchair daughter step-free Absen A1 A2 T1 Fitters Jane; do
    if grep -- "$secret" "$scratch/contractor.html"; then status=1; fi
done >"$scratch/out"
tell "a firm learns nothing of the tenants, nor who else comes" $status
grep -q '3 Wren Row' "$scratch/contractor.html" && grep -q 4711 "$scratch/contractor.html" &&
    grep -q Electricity "$scratch/contractor.html"
tell "a firm learns where it is, what there is to do and how to get in" $?
status=0
for secret in Okoro Nair Mary 01632 wheelchair daughter "1 Wren" "2 Lark" "4 Wren" 4711 A1 A2; do
    if grep -- "$secret" "$scratch/household.html"; then status=1; fi
done >"$scratch/out"
grep -q 'Joan and Peter Hill' "$scratch/household.html" || status=1
tell "a household learns nothing of the others, nor what is noted of it" $status
run 0 export "$plan" --html "$scratch/jane.html" --audience contractor=jane && grep -q 'Samuel Okoro' "$scratch/jane.html" &&
    ! grep -q 'Move back home' "$scratch/jane.html"
tell "a member of the role pilot sees whom she meets, and only her own dates" $?

# What can go wrong.
run 2 export "$plan" --html "$scratch/none.html" --audience contractor=nobody && err_has "nobody" &&
    [ ! -e "$scratch/none.html" ]
tell "an unknown firm is told" $?
run 2 export "$plan" --html "$scratch/none.html" --audience pilot && err_has "contractor=RESOURCE"
tell "an audience is a firm or a household" $?
run 2 export "$plan" --ics "$scratch/ics" --audience contractor=watts && err_has "--html"
tell "an audience goes with a report" $?
sed 's/"inputs":/"other":/' "$plan" >"$scratch/foreign.json"
run 3 export "$scratch/foreign.json" --html "$scratch/none.html" && err_has "no report" && [ ! -e "$scratch/none.html" ]
tell "a plan without its inputs has no report, and says why" $?

# Next week: a confirmed date cannot be kept, and a firm is another one.
cp "$plan" "$scratch/old.json"
sed -i 's/^jane,2026-09-24.*/jane,2026-09-08,2026-09-08,,,Ill/' "$estate/calendar.csv"
run '0|1' plan "$estate" --previous "$scratch/old.json" --as-of 2026-09-07 -t 1 -q
cp "$estate/plan/report.html" "$scratch/changed.html"
run 0 export "$plan" --html "$scratch/again.html" && cmp -s "$scratch/again.html" "$scratch/changed.html"
tell "with last week's plan beside it the report has the same changes again" $?
run 0 plan "$(operation pinsons)" -t 0 -q -o "$scratch/french" && cp "$scratch/french/report.html" "$scratch/french.html"
tell "a French operation of sixty households is planned" $?

# With a browser. Its wheel of axe-core is fetched once.
wheels=$root/build/axe
[ -f "$wheels/axe.min.js" ] ||
    { /usr/bin/python3 -m pip download -q --no-deps --require-hashes -d "$wheels" -r "$here/requirements.txt" &&
        /usr/bin/python3 -m zipfile -e "$wheels"/*.whl "$wheels/unpacked" &&
        cp "$wheels/unpacked/axe_playwright_python/axe.min.js" "$wheels/axe.min.js"; } >"$scratch/out" 2>"$scratch/err"
tell "axe-core is there" $?
HOME=$scratch /usr/bin/python3 -B "$here/look.py" "$scratch" "$wheels/axe.min.js" || failed=1
finish
