#!/bin/sh
# Published instances become operations whose best plans have the known makespan; skipped where there
# is no Python 3. The instances are made up; their best values follow by hand.
. "$(dirname "$0")/common"
set="$folder/set"
mkdir "$set"

# Works of 3, 2 and 2 days that need all of one crew, the last two after the first: 7 days. The path
# alone takes 5.
cat >"$set/one.sm" <<'EOF'
************************************************************************
jobs (incl. supersource/sink ):  5
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          1           2
   2        1          2           3   4
   3        1          1           5
   4        1          1           5
   5        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       2    1
  3      1     2       2    0
  4      1     2       1    0
  5      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    2    1
************************************************************************
EOF

# Three works of 4 days; two fit at once: 8 days.
cat >"$set/two.rcp" <<'EOF'
5 1
2
0 0 3 2 3 4
4 1 1 5
4 1 1 5
4 1 1 5
0 0 0
EOF

# The second, of 3 days, starts exactly 2 days after the first, of 4: 5 days together. The third, of 2
# days, needs all units and starts at most 4 days after the first, when the second still runs: it goes
# before them, 7 days.
cat >"$set/three.sch" <<'EOF'
3 1 0 0
0 1 3 1 2 3 [0] [0] [0]
1 1 3 2 4 3 [2] [4] [-4]
2 1 2 1 4 [-2] [3]
3 1 2 4 1 [2] [-4]
4 1 0
0 1 0 0
1 1 4 2
2 1 3 1
3 1 2 3
4 1 0 0
3
EOF

# Two projects of a work of 2 and of 3 days, one crew; the second may begin on day 1 (of 0, 1, ...).
# The first one first: ends 2 and 5, paths 2 and 3, delays 0 and 5 - 1 - 3 = 1.
cat >"$set/four.rcmp" <<'EOF'
2
1
1

3 0
1
0 0 1 1:2
2 1 1 1:3
0 0 0

3 1
1
0 0 1 2:2
3 1 1 2:3
0 0 0
EOF

# Two jobs on two machines in opposite order, 3 and 2 days each: 3 + 3 = 6 days.
printf '2 2\n0 3 1 3\n1 2 0 2\n' >"$set/five.jsp"

printf 'file,best\none,7\ntwo,8\nthree,7\nfour,0.5\nfive,6\n' >"$folder/best.csv"
"$root/bench/published/measure.py" --build "$build" --seconds 1,2 --best "$folder/best.csv" \
    --out "$folder/out" "$set"/one.sm "$set"/two.rcp "$set"/three.sch "$set"/four.rcmp "$set"/five.jsp \
    >"$folder/said" 2>&1
tell "instances of every format are planned, and the plans verify" $?
for row in one,3,1,7.0,yes,7.0,7.0,7 two,3,1,8.0,yes,8.0,8.0,8 three,3,1,7.0,yes,7.0,7.0,7 five,4,1,6.0,yes,6.0,6.0,6; do
    grep -q "^set,$row" "$folder/out/published.csv"
    tell "${row%%,*} has the makespan that is known, and it is proven" $?
done
grep -Eq '^set,four,2,2,0.5,yes,0.5,0.5,' "$folder/out/published.csv"
tell "several projects are measured by their mean delay" $?
grep -q '^| set | 5 | .*| 5 | 0 |$' "$folder/out/published.md"
tell "the table counts where the best known value is reached" $?

# refuses <sentence> <file>: nothing is written for it.
refuses() {
    ! "$root/bench/published/convert.py" "$2" "$folder/refused" >"$folder/said" 2>&1 &&
        [ ! -e "$folder/refused" ]
    tell "$1" $?
}

sed 's/^   2        1 /   2        2 /' "$set/one.sm" >"$folder/modes.sm"
refuses "tasks with several modes are refused" "$folder/modes.sm"
head -n 4 "$set/two.rcp" >"$folder/cut.rcp"
refuses "a file that ends too soon is refused" "$folder/cut.rcp"
sed 's/1:3/2:2/' "$set/four.rcmp" >"$folder/between.rcmp"
refuses "precedence between projects is refused" "$folder/between.rcmp"
refuses "other files are refused" "$folder/best.csv"

# said <words>: the last refusal named its file and said so.
said() {
    grep -Eq "$1" "$folder/said" && [ "$(wc -l <"$folder/said")" -eq 1 ]
    tell "the refusal says: $1" $?
}
printf '2 2\n0 3 7 3\n1 2 0 2\n' >"$folder/machine.jsp"
refuses "a machine that there is not is refused" "$folder/machine.jsp"
said 'machine.jsp: machine 7 of 2$'
printf '2 2\n0 3 1 3\n' >"$folder/short.jsp"
refuses "a job that is missing is refused" "$folder/short.jsp"
sed 's/4 1 1 5/4 1 1 2/' "$set/two.rcp" >"$folder/circle.rcp"
refuses "precedence in a circle is refused" "$folder/circle.rcp"
said 'circle.rcp: lags lead in a circle$'
sed 's/^4 1 1 5/four 1 1 5/' "$set/two.rcp" >"$folder/word.rcp"
refuses "a word in the place of a number is refused" "$folder/word.rcp"
said "word.rcp: 'four' is not a whole number\$"
sed 's/^4 1 1 5/400000 1 1 5/' "$set/two.rcp" >"$folder/long.rcp"
refuses "works of a thousand years are refused" "$folder/long.rcp"
printf '0 0\n' >"$folder/empty.rcp"
refuses "a project without tasks is refused" "$folder/empty.rcp"

printf 'name,value\n' >"$folder/table.csv"
for option in --seconds=soon --seconds=-5 --seconds=nan "--best=$folder/table.csv" "--best=$folder/none.csv" "--build=$folder"; do
    ! "$root/bench/published/measure.py" --build "$build" "$option" --out "$folder/nothing" "$set/one.sm" \
        >"$folder/said" 2>&1 && grep -q '^measure.py: error: argument' "$folder/said" && [ ! -e "$folder/nothing" ]
    tell "measure.py ${option##*/} is refused, and nothing written" $?
done
