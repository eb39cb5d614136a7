"""timetable.py: clock times for appointments whose day and slot are chosen.

Per day and per group of appointments that share members or a household, all combinations of starts
are searched depth first, the appointment with the fewest starts left first; preferred times are tried
first. Exact but for a limit on the steps.
"""
from dataclasses import dataclass

MOST_STEPS = 200000


class NoTimetable(Exception):
    """The appointments of some day have no clock times (or none was found within the steps)."""


@dataclass
class Appointment:
    household: int
    task: int
    day: int
    slot: int
    minutes: int
    members: list  # (Resource, people)
    starts: list  # the most agreeable first
    after: list  # tasks of the same household that end before it on that day


class _Group:
    def __init__(self, operation, appointments):
        self.operation = operation
        self.appointments = appointments
        self.steps = 0
        self.chosen = {}  # index -> start

    def _clash(self, i, s, j, t):
        """Whether start s of i and start t of j exclude each other (capacities of 1, order)."""
        one, other = self.appointments[i], self.appointments[j]
        if one.household == other.household:
            if other.task in one.after and s < t + other.minutes:
                return True
            if one.task in other.after and t < s + one.minutes:
                return True
        buffer = self.operation.buffer
        if s >= t + other.minutes + buffer or t >= s + one.minutes + buffer:
            return False
        return any(m is n and m.by_day[one.day][one.slot] == 1
                   for m, _ in one.members for n, _ in other.members)

    def _too_many(self, i, s):
        """Whether a member who has several people has too few for start s of i."""
        one = self.appointments[i]
        for member, people in one.members:
            there = member.by_day[one.day][one.slot]
            busy = [(t, t + self.appointments[j].minutes, p) for j, t in self.chosen.items()
                    for m, p in self.appointments[j].members if m is member]
            moments = [s] + [t for t, _, _ in busy if s < t < s + one.minutes]
            if there > 1 and any(people + sum(p for t, e, p in busy if t <= moment < e) > there
                                 for moment in moments):
                return True
        return False

    def search(self, left):
        if not left:
            return True
        i = min(left, key=lambda i: (len(left[i]), i))
        for s in left[i]:
            self.steps += 1
            if self.steps > MOST_STEPS:
                return False
            if self._too_many(i, s):
                continue
            rest = {j: [t for t in starts if not self._clash(i, s, j, t)]
                    for j, starts in left.items() if j != i}
            if all(rest.values()):
                self.chosen[i] = s
                if self.search(rest):
                    return True
                del self.chosen[i]
        return False


def _groups(appointments):
    """Appointments of a day that are linked by members or households, directly or not."""
    groups = []
    for appointment in appointments:
        keys = {m.id for m, _ in appointment.members} | {appointment.household}
        linked = [g for g in groups if g[0] & keys]
        merged = (keys.union(*(g[0] for g in linked)),
                  [a for g in linked for a in g[1]] + [appointment])
        groups = [g for g in groups if g not in linked] + [merged]
    return [g[1] for g in groups]


def timetable(operation, appointments):
    """(household, task) -> start minute. Raises NoTimetable."""
    by_day = {}
    for appointment in appointments:
        by_day.setdefault(appointment.day, []).append(appointment)
    minutes = {}
    for day, of_day in by_day.items():
        for members in _groups(of_day):
            group = _Group(operation, members)
            if not group.search({i: a.starts for i, a in enumerate(members)}):
                raise NoTimetable(f"no clock times on {operation.date(day)} for {len(members)} "
                                  f"appointments")
            minutes.update({(a.household, a.task): group.chosen[i] for i, a in enumerate(members)})
    return minutes


def starts_by_preference(operation, household, task, day, slot):
    preferred = operation.starts(household, task, day, [slot], True)
    return preferred + [t for t in operation.starts(household, task, day, [slot])
                        if t not in preferred]
