#!/bin/sh
# Help, version, and what is said of wrong usage.
. "$(dirname "$0")/common"

run 0 --version && [ "$(cat "$scratch/out")" = "pilote $(cat "$root/VERSION")" ] &&
    [ ! -s "$scratch/err" ]
tell "--version tells the version of the source" $?

for words in "help" "--help" "-h"; do
    # shellcheck disable=SC2086
    run 0 $words && out_has "Commands:" && out_has "Exit codes:" && [ ! -s "$scratch/err" ]
    tell "'$words' gives the overview" $?
done
for command in check plan verify whatif tolerance risk export publish pull help; do
    run 0 help $command && cp "$scratch/out" "$scratch/help" && out_has "pilote $command" &&
        run 0 $command --help && cmp -s "$scratch/out" "$scratch/help"
    tell "'help $command' and '$command --help' say the same" $?
done

run 2 && err_has "a command is missing" && err_has "pilote help" && [ ! -s "$scratch/out" ]
tell "no command is wrong usage" $?
run 2 plna "$scratch" && err_has "did you mean 'plan'?"
tell "a misspelt command gets a hint" $?
run 2 plan "$scratch" --time-limt 5 && err_has "did you mean '--time-limit'?" &&
    err_has "pilote help plan"
tell "a misspelt option gets a hint" $?
run 2 check "$scratch" --seed 5
tell "an option of another command is wrong usage" $?
for value in -1 nan 1e99 5x ""; do
    run 2 plan "$scratch" --time-limit "$value" && err_has "--time-limit"
    tell "a time limit of '$value' is wrong usage" $?
done
run 2 plan "$scratch" --threads 0 && run 2 plan "$scratch" --gap 1 && run 2 plan "$scratch" --seed x
tell "numbers out of bounds are wrong usage" $?

LANG=fr_FR.UTF-8 "$PILOTE" help >"$scratch/out" 2>"$scratch/err"
if [ -f "$root/po/fr.po" ]; then
    out_has "Commandes"
    tell "help is in the user's language" $?
fi

"$PILOTE" help >/dev/full 2>"$scratch/err"
[ $? -eq 4 ] && err_has "could not be printed"
tell "a full disk behind stdout is told" $?
"$PILOTE" --version >&- 2>"$scratch/err"
[ $? -eq 4 ]
tell "a closed stdout is told" $?
finish
