#!/bin/sh
# Every word for people has its French.
. "$(dirname "$0")/../commands/common"

cd "$root" || exit 2
# shellcheck disable=SC2046 # names without blanks
xgettext --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ --keyword=n_:1,2 --no-location \
    -o "$scratch/now.pot" pilote.c $(find commands solver io scenarios -name '*.c' | LC_ALL=C sort)
tell "the words are collected" $?
msgmerge --quiet --no-fuzzy-matching -o "$scratch/fr.po" po/fr.po "$scratch/now.pot"
msgattrib --untranslated --no-obsolete -o "$scratch/missing.po" "$scratch/fr.po"
cat "$scratch/missing.po" 2>/dev/null >"$scratch/out"
! grep -q '^msgid' "$scratch/out"
tell "none lacks its French" $?
msgfmt --check -o /dev/null po/fr.po 2>"$scratch/err" && ! grep -q fuzzy po/fr.po
tell "the French fits the formats" $?
finish
