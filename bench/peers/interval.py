#!/usr/bin/env python3
"""interval.py: the whole model, clock times included, as intervals on CP-SAT.

    interval.py PILOTE FOLDER PLAN.json SECONDS

Works are optional intervals on calendar days; their starts are limited to working days, and how many
days they cover follows from the start. Appointments are optional intervals on a clock that runs through
the horizon in units of the grid, their starts limited to worked slots and tenants' windows; each late
slot is taken by an optional interval unless its member works that evening. Members are alternatives;
homes of one kind are a cumulative resource over stays; stocks are reservoirs. The search begins at the
plan that `pilote plan --time-limit 0` makes. Presolve makes one pass without probing: more took longer
than the search. Where the model is stricter than docs/model.md: works of several roles block each member
also on days between on which only another one is closed; a member who is alone on some days keeps the
buffer on all. Prints one JSON object.
"""
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile
import time

from ortools.sat.python import cp_model

from homes import assign, kinds
from operation import MILLI, Operation
from plan_file import Assignment, late_evenings, read_plan, write_plan

DAY = 24 * 60


class Model:
    """The constraint model with, beside each variable, its value in the first plan."""

    def __init__(self, operation, first):
        self.operation = operation
        self.model = cp_model.CpModel()
        self.costs = []
        self.hinted = {}  # index of a literal -> its hint
        self.on_days = {}  # resource id -> [(interval, amount)]
        self.on_clock = {}  # resource id -> [(interval, people)]
        self.evenings = {}  # (resource id, day) -> literal
        self.worked = late_evenings(operation, first)
        self.worked_slots = {}  # see slots_worked()
        self.stays = [[] for _ in kinds(operation)]
        self.needs = {}  # (item, household id or None) -> [(time, quantity, literal)]
        self.unit = math.gcd(operation.grid, operation.buffer, *(s.start for s in operation.slots),
                             *(t.minutes for p in operation.packages.values() for t in p))
        self.households = [HouseholdModel(self, h, a)
                           for h, a in zip(operation.households, first)]
        self._share_members()
        self._share_homes()
        self._share_stocks()
        self.model.minimize(sum(self.costs))

    def cost(self, part, times, expression):
        self.costs.append(self.operation.weights[part] * times * expression)

    def literal(self, hint):
        literal = self.model.new_bool_var("")
        self.model.add_hint(literal, bool(hint))
        self.hinted[literal.index] = bool(hint)
        return literal

    def number(self, domain, hint):
        """hint None: no opinion."""
        variable = self.model.new_int_var_from_domain(domain, "")
        if hint is not None:
            self.model.add_hint(variable, hint)
        return variable

    def up_to(self, most, hint):
        return self.number(cp_model.Domain(0, most), hint)

    def slots_worked(self, members):
        """Per day, the slots that some of the members of every role works."""
        key = tuple(tuple(m.id for m in of_role) for of_role in members)
        if key not in self.worked_slots:
            self.worked_slots[key] = [
                [s for s in range(len(self.operation.slots))
                 if all(any(m.by_day[d][s] for m in of_role) for of_role in members)]
                for d in range(self.operation.n_days)]
        return self.worked_slots[key]

    def evening(self, member, day):
        key = member.id, day
        if key not in self.evenings:
            self.evenings[key] = self.literal(key in self.worked)
            self.cost("late_evening", 1, self.evenings[key])
        return self.evenings[key]

    # ---- What households share ---------------------------------------------------------------

    def _share_members(self):
        for resource in self.operation.resources.values():
            if resource.measure == "clock":
                self._share_clock(resource, self.on_clock.get(resource.id, []))
            else:
                self._share_days(resource, self.on_days.get(resource.id, []))
        for week in range(self.operation.week(self.operation.n_days - 1) + 1):
            for resource in self.operation.resources.values():
                worked = [e for (r, d), e in self.evenings.items()
                          if r == resource.id and self.operation.week(d) == week]
                if len(worked) > resource.max_late:
                    self.model.add(sum(worked) <= resource.max_late)

    def _share_days(self, resource, uses):
        """C4; where the capacity is below the usual one the difference is taken by blocks."""
        if not uses:
            return
        most = max(resource.by_day)
        blocks = [(self.model.new_fixed_size_interval_var(d, 1, ""), most - there)
                  for d, there in enumerate(resource.by_day) if 0 < there < most]
        both = uses + blocks
        self.model.add_cumulative([i for i, _ in both], [amount for _, amount in both], most)

    def _share_clock(self, resource, uses):
        """C6."""
        if not uses:
            return
        operation = self.operation
        most = max(max(people) for people in resource.by_day)
        blocks = []
        for day, people in enumerate(resource.by_day):
            for s, there in enumerate(people):
                slot = operation.slots[s]
                start = (day * DAY + slot.start) // self.unit
                end = (day * DAY + slot.end) // self.unit
                if 0 < there < most:
                    blocks.append((self.model.new_fixed_size_interval_var(start, end - start, ""),
                                   most - there))
                if there and slot.late:
                    blocks.append((self._evening_off(resource, day, start, end), there))
        both = uses + blocks
        if most == 1:
            self.model.add_no_overlap([interval for interval, _ in both])
        else:
            self.model.add_cumulative([i for i, _ in both], [amount for _, amount in both], most)

    def _evening_off(self, member, day, start, end):
        """C7: what takes the late slot unless the evening is worked. Its first minutes are left to
        the buffer after what came before; no appointment fits into them."""
        first = start + (self.operation.buffer // self.unit if works_alone(member) else 0)
        off = self.evening(member, day).negated()
        return self.model.new_optional_fixed_size_interval_var(first, end - first, off, "")

    def _share_homes(self):
        for homes, stays in zip(kinds(self.operation), self.stays):
            if stays:
                self.model.add_cumulative(stays, [1] * len(stays), len(homes))

    def _share_stocks(self):
        """C11: what is needed by a day has been delivered by then."""
        for (item, own), needs in self.needs.items():
            deliveries = [(d, q) for i, q, d, who in self.operation.deliveries
                          if i == item and who == own]
            self.model.add_reservoir_constraint_with_active(
                [d for d, _ in deliveries] + [t for t, _, _ in needs],
                [q for _, q in deliveries] + [-q for _, q, _ in needs],
                [1] * len(deliveries) + [literal for _, _, literal in needs],
                0, max(sum(q for _, q in deliveries), 0))


def works_alone(member):
    """Whether the buffer between two appointments is kept."""
    return any(there == 1 for of_day in member.by_day for there in of_day)


class HouseholdModel:
    def __init__(self, shared, household, first):
        self.shared = shared
        self.model = shared.model
        self.operation = shared.operation
        self.household = household
        self.first = first
        self.tasks = self.operation.tasks(household)
        self.planned = shared.literal(first is not None)
        shared.cost("unplanned_household", household.weight, 1 - self.planned)
        self.start, self.finish, self.clock = {}, {}, {}
        self.serves = {}  # role -> [(member, literal)]
        for role in {role for t in self.tasks for role, _ in t.needs}:
            self._choose_member(role)
        for a, task in enumerate(self.tasks):
            (self._add_appointment if task.minutes else self._add_works)(a, task)
            self._need_items(a, task)
        if len(self.start) < len(self.tasks):
            self.model.add(self.planned == 0)
            return
        self._keep_lags()
        self._count_end()
        self._stay()

    # The value that the first plan gives, or None.

    def _hint(self, a, finish=False):
        if self.first is None:
            return None
        return (self.first.finish if finish else self.first.start)[a]

    def _choose_member(self, role):
        candidates = self.operation.candidates(self.household, role)
        if len(candidates) == 1:
            self.serves[role] = [(candidates[0], self.planned)]
            return
        self.serves[role] = [
            (m, self.shared.literal(self.first is not None and self.first.members[role] == m.id))
            for m in candidates]
        self.model.add(sum(literal for _, literal in self.serves[role]) == self.planned)

    # ---- C3, C4, C10: works ------------------------------------------------------------------

    def _add_works(self, a, task):
        """Each team (one member for every role) works on its own days; among their starts those
        that last equally long have one literal."""
        ways = [(team, span, starts)
                for team in itertools.product(*(self.serves[role] for role, _ in task.needs))
                for span, starts in self._spans(task, team).items()]
        if not ways:
            return
        hint = self._hint(a)
        starts = sorted({d for _, _, starts in ways for d in starts})
        start = self.shared.number(cp_model.Domain.from_values(starts), hint)
        spans = sorted({span for _, span, _ in ways})
        span, finish = spans[0], start + (spans[0] - 1)
        if len(spans) > 1:
            ends = hint if hint is None else self._hint(a, True)
            span = self.shared.number(cp_model.Domain.from_values(spans),
                                      hint if hint is None else ends - hint + 1)
            finish = self.shared.up_to(self.operation.n_days - 1, ends)
            self.model.add(finish == start + span - 1)
        self.start[a], self.finish[a] = start, finish
        if len(ways) > 1:
            self._choose_way(a, span, ways)
        for role, amount in task.needs:
            self._use_days(role, self.operation.amount(self.household, amount), start, span, finish)

    def _spans(self, task, team):
        """Days from first to last -> the days on which works of this team may start."""
        amounts = [self.operation.amount(self.household, amount) for _, amount in task.needs]
        if any(amount > max(m.by_day) for amount, (m, _) in zip(amounts, team)):
            return {}
        days = [d for d in range(self.operation.n_days)
                if all(m.by_day[d] > 0 for m, _ in team) and
                (team or self.operation.weekday(d) < 5)]
        release = self.operation.release(self.household, task)
        absent = self.household.absent if task.presence else ()
        spans = {}
        for j in range(len(days) - task.days + 1):
            first, last = days[j], days[j + task.days - 1]
            if first >= release and not any(d in absent for d in days[j:j + task.days]):
                spans.setdefault(last - first + 1, []).append(first)
        return spans

    def _choose_way(self, a, span, ways):
        literals = []
        for team, length, starts in ways:
            hinted = (self.first is not None and self._hint(a) in starts and
                      all(self.shared.hinted[own.index] for _, own in team))
            literal = self.shared.literal(hinted)
            literals.append(literal)
            self.model.add_linear_expression_in_domain(
                self.start[a], cp_model.Domain.from_values(starts)).only_enforce_if(literal)
            self.model.add(span == length).only_enforce_if(literal)
            for _, own in team:
                self.model.add_implication(literal, own)
        self.model.add(sum(literals) == self.planned)

    def _use_days(self, role, amount, start, span, finish):
        """C4. Closed days inside are blocked as well, but nothing else could be done on them."""
        for member, literal in self.serves[role] if amount > 0 else ():
            interval = self.model.new_optional_interval_var(start, span, finish + 1, literal, "")
            self.shared.on_days.setdefault(member.id, []).append((interval, amount))

    # ---- C5, C6: appointments ----------------------------------------------------------------

    def _starts(self, task, members, preferred=False):
        """(day, minute) of all starts in slots that some member of every role works."""
        worked = self.shared.slots_worked([[m for m, _ in of_role] for of_role in members])
        return [(d, t) for d in range(self.operation.release(self.household, task),
                                      self.operation.n_days)
                for t in self.operation.starts(self.household, task, d, worked[d], preferred)]

    def _domain(self, starts):
        return cp_model.Domain.from_values([(d * DAY + t) // self.shared.unit for d, t in starts])

    def _add_appointment(self, a, task):
        unit, per_day = self.shared.unit, DAY // self.shared.unit
        roles = [self.serves[role] for role, _ in task.needs]
        starts = self._starts(task, roles)
        if not starts:
            return
        hint = self._hint(a)
        clock = self.shared.number(self._domain(starts), hint and (hint[0] * DAY + hint[1]) // unit)
        day = self.shared.up_to(self.operation.n_days - 1, hint and hint[0])
        within = self.shared.up_to(per_day - 1, hint and hint[1] // unit)
        self.model.add(clock == per_day * day + within)
        for of_role, (_, amount) in zip(roles, task.needs):
            for member, literal in of_role:
                if len(of_role) > 1:
                    self._restrict(clock, self._starts(task, [[(member, literal)]]), literal)
                self._keep_clock(member, amount // MILLI, clock, task, literal)
        self.start[a], self.finish[a], self.clock[a] = day, day, clock
        self._prefer(task, clock, roles, hint)

    def _restrict(self, clock, starts, literal):
        if not starts:
            self.model.add(literal == 0)
            return
        self.model.add_linear_expression_in_domain(clock, self._domain(starts)).only_enforce_if(
            literal)

    def _keep_clock(self, member, people, clock, task, literal):
        buffer = self.operation.buffer if works_alone(member) else 0
        size = (task.minutes + buffer) // self.shared.unit
        interval = self.model.new_optional_fixed_size_interval_var(clock, size, literal, "")
        self.shared.on_clock.setdefault(member.id, []).append((interval, people))

    def _prefer(self, task, clock, roles, hint):
        if self.household.preferred is None:
            return
        day_hint = hint and any(w0 <= hint[1] and hint[1] + task.minutes <= w1
                                for w0, w1 in self.household.preferred[hint[0]])
        preferred = self.shared.literal(day_hint)
        self._restrict(clock, self._starts(task, roles, preferred=True), preferred)
        self.model.add_implication(preferred, self.planned)
        self.shared.cost("non_preferred", 1, self.planned - preferred)

    # ---- C2, C9, C11 and the rest of the objective ---------------------------------------------

    def _keep_lags(self):
        for a, task in enumerate(self.tasks):
            for other, least, most in task.after:
                lag = self.start[a] - self.finish[other]
                self.model.add(lag >= least).only_enforce_if(self.planned)
                if most is not None:
                    self.model.add(lag <= most).only_enforce_if(self.planned)
                if least == 0 and a in self.clock and other in self.clock:
                    length = self.tasks[other].minutes // self.shared.unit
                    self.model.add(self.clock[a] >= self.clock[other] + length).only_enforce_if(
                        self.planned)

    def _count_end(self):
        n_days = self.operation.n_days
        hint = self.first and max(f[0] if isinstance(f, tuple) else f for f in self.first.finish)
        last = self.shared.up_to(n_days - 1, hint or 0)
        for finish in self.finish.values():
            self.model.add(last >= finish).only_enforce_if(self.planned)
        self.shared.cost("flow_day", 1, last)
        deadline = self.household.deadline
        if deadline is not None:
            over = self.shared.up_to(2 * n_days + abs(deadline), hint and max(0, hint - deadline))
            self.model.add(over >= last - deadline).only_enforce_if(self.planned)
            self.shared.cost("late_day", self.household.weight, over)

    def _stay(self):
        moves = {t.moves: a for a, t in enumerate(self.tasks)}
        if "out" not in moves:
            return
        out, back = self.start[moves["out"]], self.start[moves["back"]]
        n_days = self.operation.n_days
        hint = self.first and self.first.start[moves["back"]] - self.first.start[moves["out"]]
        nights = self.shared.up_to(n_days, hint or 0)
        self.model.add(nights == back - out).only_enforce_if(self.planned)
        self.shared.cost("night_away", self.household.weight, nights)
        most = self.household.max_nights
        if most is not None:
            over = self.shared.up_to(n_days, max(0, (hint or 0) - most))
            self.model.add(over >= nights - most)
            self.shared.cost("night_over_max", self.household.weight, over)
        if self.operation.needs_home(self.household):
            self._live_somewhere(out, back, nights, hint)

    def _live_somewhere(self, out, back, nights, hint):
        """C9."""
        stay = self.operation.turnaround + 1
        self.kinds = []
        for number, homes in enumerate(kinds(self.operation)):
            if not self.operation.suits(self.household, homes[0]):
                continue
            literal = self.shared.literal(self.first is not None and
                                          self.first.home in {home.id for home in homes})
            begin = self.first and self.first.start[
                next(a for a, t in enumerate(self.tasks) if t.moves == "out")]
            end = self.shared.up_to(2 * self.operation.n_days, self.first and begin + hint + stay)
            size = self.shared.up_to(2 * self.operation.n_days, self.first and hint + stay)
            self.model.add(size == nights + stay)
            self.shared.stays[number].append(
                self.model.new_optional_interval_var(out, size, end, literal, ""))
            self.model.add(out >= homes[0].start).only_enforce_if(literal)
            self.model.add(back <= homes[0].end).only_enforce_if(literal)
            self.kinds.append((number, literal))
        self.model.add(sum(literal for _, literal in self.kinds) == self.planned)

    def _need_items(self, a, task):
        if a not in self.start:
            return
        for item, quantity, before in task.items:
            _, own = self.operation.stock(self.household, item)
            self.shared.needs.setdefault((item, self.household.id if own else None), []).append(
                (self.start[a] - before, quantity, self.planned))

    # ---- The answer ----------------------------------------------------------------------------

    def assignment(self, solver):
        """Without a home; None when it is not planned."""
        if not solver.value(self.planned):
            return None
        start, finish = [], []
        for a, task in enumerate(self.tasks):
            begin, end = solver.value(self.start[a]), solver.value(self.finish[a])
            if task.minutes:
                minute = solver.value(self.clock[a]) * self.shared.unit % DAY
                begin, end = (begin, minute), (end, minute + task.minutes)
            start.append(begin)
            finish.append(end)
        members = {role: next(m.id for m, literal in of_role if solver.value(literal))
                   for role, of_role in self.serves.items()}
        return Assignment(start, finish, members)


def settle_homes(operation, model, solver, found):
    for number, homes in enumerate(kinds(operation)):
        stays = []
        for h, of_h in enumerate(model.households):
            if found[h] is not None and any(n == number and solver.value(literal)
                                            for n, literal in getattr(of_h, "kinds", ())):
                moves = {t.moves: a for a, t in enumerate(of_h.tasks)}
                stays.append((h, found[h].start[moves["out"]], found[h].start[moves["back"]]))
        for h, home in assign(operation, homes, stays).items():
            found[h].home = home


def first_plan(operation, pilote, scratch):
    subprocess.run([pilote, "plan", operation.folder, "-o", scratch, "-q", "-t", "0"],
                   stdout=subprocess.DEVNULL, check=False)
    return read_plan(operation, os.path.join(scratch, "plan.json"))


def main():
    pilote, folder, plan, seconds = sys.argv[1:]
    begin = time.monotonic()
    operation = Operation(folder)
    with tempfile.TemporaryDirectory() as scratch:
        first = first_plan(operation, pilote, scratch)
    model = Model(operation, first)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = os.cpu_count()
    solver.parameters.max_presolve_iterations = 1
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.max_time_in_seconds = max(float(seconds) - (time.monotonic() - begin), 0.1)
    status = solver.solve(model.model)
    result = {"columns": len(model.model.proto.variables), "status": solver.status_name(status)}
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        result["bound"] = solver.best_objective_bound
        result["credited"] = round(solver.objective_value)
        found = [household.assignment(solver) for household in model.households]
        settle_homes(operation, model, solver, found)
        write_plan(operation, found, plan)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
