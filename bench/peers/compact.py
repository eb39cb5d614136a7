#!/usr/bin/env python3
"""compact.py: the compact integer program on a general solver, its solution turned into a plan.

    compact.py glpk|cbc|highs PILOTE FOLDER PLAN.json SECONDS

`pilote plan --write-mps` writes the program (docs/compact.md explains its names); the solver has what
is left of the seconds. Clock times, which the program relaxes, are chosen afterwards by timetable.py;
where there are none the solution's cost is told all the same ("credited"). Prints one JSON object.
"""
import json
import math
import os
import subprocess
import sys
import tempfile
import time

from homes import assign, kinds
from operation import MILLI, Operation
from plan_file import Assignment, write_plan
from timetable import Appointment, NoTimetable, starts_by_preference, timetable

# ---- Solvers: each returns (columns by index, or None; bound or None; objective or None) ------------


def run_solver(words):
    """Runs a solver's program; what it said last is told when it fails."""
    try:
        done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)
    except FileNotFoundError:
        sys.exit(f"{words[0]} is not installed")
    if done.returncode != 0:
        sys.exit(f"{done.stdout[-2000:]}\n{words[0]} ended with code {done.returncode}")


def solve_highs(path, seconds, _names):
    import highspy  # only installed by make bench-peers
    begin = time.monotonic()
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", os.cpu_count())
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.readModel(path)
    solver.setOptionValue("time_limit", max(seconds - (time.monotonic() - begin), 0.1))
    solver.run()
    info = solver.getInfo()
    found = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    values = list(solver.getSolution().col_value) if found else None
    bound = info.mip_dual_bound if math.isfinite(info.mip_dual_bound) else None
    return values, bound, info.objective_function_value if found else None


def solve_cbc(path, seconds, names):
    output = path + ".solution"
    run_solver(["cbc", path, "-threads", str(os.cpu_count()), "-timeMode", "elapsed",
                "-seconds", f"{seconds:.1f}", "-ratioGap", "0", "-solve", "-solution", output])
    if not os.path.exists(output):
        return None, None, None
    with open(output, encoding="utf-8") as file:
        head = file.readline()
        if "infeasible" in head.lower() or "objective" not in head or "no integer" in head.lower():
            return None, None, None
        values = [0.0] * len(names)
        for line in file:
            words = line.replace("**", "").split()
            values[int(words[0])] = float(words[2])
    return values, None, float(head.rsplit(None, 1)[1])


def solve_glpk(path, seconds, names):
    output = path + ".solution"
    run_solver(["glpsol", "--freemps", path, "--tmlim", str(max(int(seconds), 1)), "-w", output])
    if not os.path.exists(output):
        return None, None, None
    values = [0.0] * len(names)
    objective = None
    with open(output, encoding="utf-8") as file:
        for line in file:
            words = line.split()
            if words[0] == "s":
                if words[4] not in ("o", "f"):
                    return None, None, None
                objective = float(words[5])
            elif words[0] == "j":
                values[int(words[1]) - 1] = float(words[2])
    return values, None, objective


SOLVERS = {"highs": solve_highs, "cbc": solve_cbc, "glpk": solve_glpk}

# ---- From columns to dates -------------------------------------------------------------------------


def column_names(path):
    """The names of the columns of a free MPS file, in their order."""
    names = []
    with open(path, encoding="ascii") as file:
        for line in file:
            if line.startswith("COLUMNS"):
                break
        for line in file:
            if not line.startswith(" "):
                break
            name = line.split(None, 1)[0]
            if "'MARKER'" not in line and (not names or names[-1] != name):
                names.append(name)
    return names


class Solution:
    """The columns that are 1, by what they mean."""

    def __init__(self, names, values):
        self.unplanned = set()
        self.start = {}  # (h, k) -> (day, index)
        self.does = {}  # (h, k) -> resources
        self.serves = {}  # h -> resources
        self.home = {}  # h -> kind
        for name, value in zip(names, values):
            if value < 0.5:
                continue
            word, *index = name.split("_")
            index = [int(i) for i in index] if word in READ else None
            if word == "unplanned":
                self.unplanned.add(index[0])
            elif word == "x":
                self.start[index[0], index[1]] = (index[2], index[3])
            elif word == "does":
                choice = names[index[0]].split("_")
                assert choice[0] == "x"
                self.does.setdefault((int(choice[1]), int(choice[2])), set()).add(index[1])
            elif word == "serves":
                self.serves.setdefault(index[0], set()).add(index[1])
            elif word == "home":
                self.home[index[0]] = index[1]


READ = {"unplanned", "x", "does", "serves", "home"}


def choose_members(operation, solution, h):
    """Role -> member. Where no column says who, only one fits: who works on the day of the start."""
    household = operation.households[h]
    ids = list(operation.resources)
    order = operation.order(household)
    members = {}
    for k, a in enumerate(order):
        task = operation.tasks(household)[a]
        said = solution.serves.get(h, set()) | solution.does.get((h, k), set())
        day, index = solution.start[h, k]
        for role, amount in task.needs:
            candidates = operation.candidates(household, role)
            named = [m for m in candidates if ids.index(m.id) in said]
            if role in members and not named:
                continue
            fitting = [m for m in candidates
                       if (m.by_day[day][index // 2] * MILLI if task.minutes else m.by_day[day]) >=
                       operation.amount(household, amount)]
            members[role] = (named or fitting)[0]
    return members


def works_finish(operation, task, members, day):
    left = task.days
    while True:
        works = all(members[role].by_day[day] > 0 for role, _ in task.needs)
        if not task.needs:
            works = operation.weekday(day) < 5
        left -= works
        if left == 0:
            return day
        day += 1


def dates(operation, solution, h, members):
    """Start and finish days of a household's tasks and its appointments, whose clock times are open."""
    household = operation.households[h]
    tasks = operation.tasks(household)
    start, finish, appointments = [None] * len(tasks), [None] * len(tasks), []
    for k, a in enumerate(operation.order(household)):
        task = tasks[a]
        day, index = solution.start[h, k]
        start[a] = day
        if not task.minutes:
            finish[a] = works_finish(operation, task, members, day)
            continue
        finish[a] = day
        before = [other for other, least, _ in task.after if least == 0]
        appointments.append(Appointment(
            h, a, day, index // 2, task.minutes,
            [(members[role], amount // MILLI) for role, amount in task.needs],
            starts_by_preference(operation, household, task, day, index // 2), before))
    return start, finish, appointments


def live_in(operation, solution, planned):
    """Household index -> home id."""
    stays = {}
    for h, (start, _, _) in planned.items():
        household = operation.households[h]
        if not operation.needs_home(household):
            continue
        suitable = [c for c, homes in enumerate(kinds(operation))
                    if operation.suits(household, homes[0])]
        moves = {t.moves: a for a, t in enumerate(operation.tasks(household))}
        kind = solution.home.get(h, suitable[0])
        stays.setdefault(kind, []).append((h, start[moves["out"]], start[moves["back"]]))
    homes = {}
    for kind, of_kind in stays.items():
        homes.update(assign(operation, kinds(operation)[kind], of_kind))
    return homes


def assignments(operation, solution):
    """The plan; raises NoTimetable."""
    members, planned = {}, {}
    for h in range(len(operation.households)):
        if h not in solution.unplanned and (h, 0) in solution.start:
            members[h] = choose_members(operation, solution, h)
            planned[h] = dates(operation, solution, h, members[h])
    homes = live_in(operation, solution, planned)
    minutes = timetable(operation, [a for _, _, of_h in planned.values() for a in of_h])
    found = [None] * len(operation.households)
    for h, (start, finish, appointments) in planned.items():
        for appointment in appointments:
            t = minutes[h, appointment.task]
            start[appointment.task] = (appointment.day, t)
            finish[appointment.task] = (appointment.day, t + appointment.minutes)
        found[h] = Assignment(start, finish, {role: m.id for role, m in members[h].items()},
                              homes.get(h))
    return found


def main():
    solver, pilote, folder, plan, seconds = sys.argv[1:]
    deadline = time.monotonic() + float(seconds)
    operation = Operation(folder)
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "program.mps")
        written = subprocess.run([pilote, "plan", folder, "--write-mps", path], check=False)
        if written.returncode != 0:
            sys.exit(1)  # pilote has said why
        names = column_names(path)
        left = deadline - time.monotonic()
        values, bound, objective = (SOLVERS[solver](path, left, names) if left > 0
                                    else (None, None, None))
    result = {"columns": len(names), "bound": bound}
    if values is not None:
        result["credited"] = round(objective)
        try:
            write_plan(operation, assignments(operation, Solution(names, values)), plan)
        except NoTimetable as reason:
            result["note"] = str(reason)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
