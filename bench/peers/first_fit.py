#!/usr/bin/env python3
"""first_fit.py: plans as a careful person does with a spreadsheet.

Household after household, those with a deadline first (soonest first), then in the file's order; each
task at the earliest date that fits; the temporary home that is free first. When a maximum lag cannot be
kept, the task before is moved to a later date and what follows is planned again.

    first_fit.py FOLDER PLAN.json
"""
import sys

from operation import MILLI, Operation
from plan_file import Assignment, write_plan


class Ledger:
    """What is taken of members, homes and stocks."""

    def __init__(self, operation):
        self.operation = operation
        self.used = {r: [0] * operation.n_days for r in operation.resources}
        self.bookings = {r: {} for r in operation.resources}  # day -> [(start, end, people)]
        self.needed = {}  # (item, household or None) -> [(day, quantity)]
        self.home_free = {home.id: max(home.start, 0) for home in operation.homes}

    def load(self, resource):
        return (sum(self.used[resource.id]) / resource.capacity +
                sum(len(b) for b in self.bookings[resource.id].values()))

    def room_for_works(self, member, day, amount):
        return self.used[member.id][day] + amount <= member.by_day[day]

    def room_for_appointment(self, member, day, start, end, people):
        """C6; with several people at once only their number counts, and no buffer."""
        slot = next(s for s, slot in enumerate(self.operation.slots) if slot.start <= start < slot.end)
        there = member.by_day[day][slot]
        buffer = self.operation.buffer if there == 1 else 0
        clashing = [b for b in self.bookings[member.id].get(day, ())
                    if b[0] < end + buffer and start < b[1] + buffer]
        return sum(b[2] for b in clashing) + people <= there

    def late_allowed(self, member, day):
        """C7: this evening is worked already, or the week has room for another one."""
        evenings = {d for d, bookings in self.bookings[member.id].items()
                    if any(self.operation.late_slot(b[0]) for b in bookings) and
                    self.operation.week(d) == self.operation.week(day)}
        return day in evenings or len(evenings) < member.max_late

    def in_stock(self, household, task, day):
        """C11: the items are there, also for those who need theirs later."""
        for item, quantity, before in task.items:
            deliveries, own = self.operation.stock(household, item)
            needed = self.needed.get((item, household.id if own else None), [])
            need_day = day - before
            for t in [need_day] + [d for d, _ in needed if d > need_day]:
                there = sum(q for d, q in deliveries if d <= t)
                if sum(q for d, q in needed if d <= t) + quantity > there:
                    return False
        return True


class Booking:
    """The dates of one household while they are being chosen; undone unless they are kept."""

    def __init__(self, ledger, household):
        self.ledger = ledger
        self.operation = ledger.operation
        self.household = household
        self.tasks = self.operation.tasks(household)
        self.members = {role: min(self.operation.candidates(household, role), key=ledger.load)
                        for role in {role for t in self.tasks for role, _ in t.needs}}
        self.undo = []
        self.start, self.finish = {}, {}

    def release(self):
        while self.undo:
            self.undo.pop()()
        self.start, self.finish = {}, {}

    def _book_items(self, task, day):
        for item, quantity, before in task.items:
            _, own = self.operation.stock(self.household, item)
            needs = self.ledger.needed.setdefault((item, self.household.id if own else None), [])
            need = (day - before, quantity)
            needs.append(need)
            self.undo.append(lambda needs=needs, need=need: needs.remove(need))

    def _works_days(self, task, day):
        """C3, C4, C10: the days of works that start on this day, or None."""
        needs = [(self.members[role], self.operation.amount(self.household, amount))
                 for role, amount in task.needs]
        days = []
        for d in range(day, self.operation.n_days):
            closed = any(member.by_day[d] == 0 for member, _ in needs)
            weekend = not needs and self.operation.weekday(d) > 4
            if closed or weekend:
                if d == day:
                    return None
                continue
            if task.presence and d in self.household.absent:
                return None
            if not all(self.ledger.room_for_works(member, d, amount) for member, amount in needs):
                return None
            days.append(d)
            if len(days) == task.days:
                return days
        return None

    def _try_works(self, a, task, day):
        days = self._works_days(task, day)
        if days is None:
            return False
        for role, amount in task.needs:
            used = self.ledger.used[self.members[role].id]
            for d in days:
                used[d] += self.operation.amount(self.household, amount)
                self.undo.append(lambda used=used, d=d, amount=amount: used.__setitem__(
                    d, used[d] - self.operation.amount(self.household, amount)))
        self.start[a], self.finish[a] = days[0], days[-1]
        return True

    def _starts(self, task, day, earliest):
        """Minutes at which the appointment may start, the most agreeable ones first."""
        slots = [s for s in range(len(self.operation.slots))
                 if all(self.members[role].by_day[day][s] > 0 for role, _ in task.needs)]
        preferred = set(self.operation.starts(self.household, task, day, slots, True))
        return sorted((t for t in self.operation.starts(self.household, task, day, slots)
                       if t >= earliest),
                      key=lambda t: (self.operation.late_slot(t), t not in preferred, t))

    def _try_appointment(self, a, task, day, earliest):
        needs = [(self.members[role], amount // MILLI) for role, amount in task.needs]
        for t in self._starts(task, day, earliest):
            end = t + task.minutes
            if all(self.ledger.room_for_appointment(member, day, t, end, people) and
                   (not self.operation.late_slot(t) or self.ledger.late_allowed(member, day))
                   for member, people in needs):
                for member, people in needs:
                    bookings = self.ledger.bookings[member.id].setdefault(day, [])
                    bookings.append((t, end, people))
                    self.undo.append(lambda bookings=bookings, b=bookings[-1]: bookings.remove(b))
                self.start[a], self.finish[a] = (day, t), (day, end)
                return True
        return False

    def place(self, a, low):
        """Places task a on the first day from low on that fits."""
        task = self.tasks[a]
        for day in range(low, self.operation.n_days):
            if not self.ledger.in_stock(self.household, task, day):
                continue
            if task.minutes:
                earliest = max((self.finish[other][1] for other, least, _ in task.after
                                if least == 0 and isinstance(self.finish[other], tuple) and
                                self.finish[other][0] == day), default=0)
                placed = self._try_appointment(a, task, day, earliest)
            else:
                placed = self._try_works(a, task, day)
            if placed:
                self._book_items(task, day)
                return True
        return False


def day_of(moment):
    return moment[0] if isinstance(moment, tuple) else moment


def choose_home(ledger, household):
    """The suitable home that is free first, the smallest of several."""
    homes = [h for h in ledger.operation.homes if ledger.operation.suits(household, h)]
    return min(homes, key=lambda h: (ledger.home_free[h.id], h.accessible, h.rooms), default=None)


def plan_household(ledger, household):
    """Its dates, booked in the ledger; None when it cannot be planned, and then nothing is booked."""
    operation = ledger.operation
    booking = Booking(ledger, household)
    low = [operation.release(household, task) for task in booking.tasks]
    moves = {task.moves: a for a, task in enumerate(booking.tasks)}
    home = None
    if operation.needs_home(household):
        home = choose_home(ledger, household)
        if home is None:
            return None
        low[moves["out"]] = max(low[moves["out"]], ledger.home_free[home.id])
    while True:
        blocked = place_all(booking, operation.order(household), low)
        if blocked is None:
            break
        booking.release()
        if blocked is False:
            return None
        other, day = blocked
        low[other] = max(low[other] + 1, day)
    if home is not None:
        back = booking.start[moves["back"]]
        if back > home.end:
            booking.release()
            return None
        ledger.home_free[home.id] = back + operation.turnaround + 1
    return Assignment([booking.start[a] for a in range(len(low))],
                      [booking.finish[a] for a in range(len(low))],
                      {role: member.id for role, member in booking.members.items()},
                      home.id if home is not None else None)


def place_all(booking, order, low):
    """None when all tasks have dates, False when there can be none, and (task, day) when that task
    would have to start on that day or later for the sake of a maximum lag."""
    for a in order:
        first = low[a]
        for other, least, _ in booking.tasks[a].after:
            first = max(first, day_of(booking.finish[other]) + least)
        if not booking.place(a, first):
            return False
        for other, _, most in booking.tasks[a].after:
            lag = day_of(booking.start[a]) - day_of(booking.finish[other])
            if most is not None and lag > most:
                return other, day_of(booking.start[other]) + lag - most
    return None


def first_fit(operation):
    """The assignments of all households, None for those who found no dates."""
    ledger = Ledger(operation)
    found = {}
    by_deadline = sorted(operation.households, key=lambda h: (h.deadline is None, h.deadline or 0))
    for household in by_deadline:
        found[household.id] = plan_household(ledger, household)
    return [found[household.id] for household in operation.households]


def main():
    folder, path = sys.argv[1:]
    operation = Operation(folder)
    write_plan(operation, first_fit(operation), path)


if __name__ == "__main__":
    main()
