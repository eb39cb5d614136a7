"""operation.py: an operation folder as the peers see it: calendars, windows, what suits whom.

Written from docs/model.md and docs/inputs.md alone. It reads folders as bench/generate writes them
(comma, UTF-8, ISO dates, English words) and refuses what the peers do not model: facts and promises
of progress.csv, transfers, appointments that need a crew. Days are numbers from the horizon's start,
times are minutes of the day, amounts are thousandths.
"""
import csv
import datetime
import json
import os
from dataclasses import dataclass, field

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEIGHTS = {"unplanned_household": 100000, "broken_promise": 5000, "moved_announced": 50,
           "moved_announced_day": 2, "moved_proposed": 5, "night_away": 10, "night_over_max": 100,
           "late_day": 20, "flow_day": 1, "late_evening": 40, "non_preferred": 3}
MILLI = 1000


class NotModelled(Exception):
    """The operation has something that the peers leave out."""


@dataclass
class Slot:
    id: str
    start: int
    end: int
    late: bool


@dataclass
class Task:
    id: str
    minutes: int  # 0: works
    days: int
    needs: list  # (role, amount in thousandths, or None for the household's volume)
    after: list  # (index of the other task, min_days, max_days or None)
    items: list  # (item, quantity in thousandths, days_before)
    presence: bool
    moves: str
    notice: int


@dataclass
class Resource:
    id: str
    role: str
    measure: str
    capacity: int
    days: set
    slots: dict  # weekday -> set of slot indices (clock)
    base_slots: set
    max_late: int
    start: int
    end: int
    by_day: list = field(default_factory=list)  # crew: amount; clock: people per slot


@dataclass
class Home:
    id: str
    rooms: int
    accessible: bool
    start: int
    end: int


@dataclass
class Household:
    id: str
    package: str
    rooms: int
    accessible: bool
    volume: int
    weight: int
    earliest: int
    deadline: int
    max_nights: int
    own_relocation: bool
    members: dict
    windows: list = field(default_factory=list)  # per day: disjoint (from, to), absences cut out
    preferred: list = field(default_factory=list)  # the same; None when there are no preferences
    absent: set = field(default_factory=set)


def milli(text):
    return round(float(str(text).replace(",", ".")) * MILLI)


def minute(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def yes(text):
    return text.strip().lower() in ("yes", "oui", "1", "true")


def merge(spans):
    """Spans that touch or overlap as one."""
    merged = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def cut(spans, holes):
    for hole_start, hole_end in holes:
        spans = [part for start, end in spans
                 for part in ((start, min(end, hole_start)), (max(start, hole_end), end))
                 if part[0] < part[1]]
    return spans


class Operation:
    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "operation.json"), encoding="utf-8-sig") as file:
            settings = json.load(file)
        self.name = settings["name"]
        self.start_date = datetime.date.fromisoformat(settings["horizon"]["start"])
        self.n_days = self.day(settings["horizon"]["end"]) + 1
        self.as_of = self.day(settings["as_of"])
        self.grid = settings.get("grid_minutes", 15)
        self.buffer = settings.get("buffer_minutes", 15)
        self.turnaround = settings.get("turnaround_days", 2)
        self.weights = {**WEIGHTS, **settings.get("weights", {})}
        self.slots = [Slot(s["id"], minute(s["from"]), minute(s["to"]), s.get("late", False))
                      for s in settings["slots"]]
        self._late = [any(s.late and s.start <= t < s.end for s in self.slots) for t in range(1440)]
        self.packages = {name: self._tasks(p["tasks"]) for name, p in settings["packages"].items()}
        self._read_resources()
        self._read_households()
        self._read_availability()
        self.homes = [Home(row["home"], int(row.get("rooms") or 1), yes(row.get("accessible") or ""),
                           *self._dates(row)) for row in self._rows("homes.csv")]
        self.deliveries = [(row["item"], milli(row.get("quantity") or 1), self.day(row["date"]),
                            row.get("household") or None) for row in self._rows("deliveries.csv")]
        self._refuse()

    # ---- Reading -------------------------------------------------------------------------------

    def day(self, text):
        return (datetime.date.fromisoformat(text) - self.start_date).days

    def date(self, day):
        return (self.start_date + datetime.timedelta(days=day)).isoformat()

    def weekday(self, day):
        return (self.start_date.weekday() + day) % 7

    def week(self, day):
        return (self.start_date.weekday() + day) // 7

    def _rows(self, name):
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            return []
        with open(path, newline="", encoding="utf-8-sig") as file:
            return list(csv.DictReader(file))

    def _dates(self, row):
        """from and until within the horizon."""
        start = self.day(row["from"]) if row.get("from") else 0
        end = self.day(row["until"]) if row.get("until") else self.n_days - 1
        return max(start, 0), min(end, self.n_days - 1)

    def _tasks(self, entries):
        index = {entry["id"]: a for a, entry in enumerate(entries)}
        return [Task(id=t["id"], minutes=t.get("minutes", 0), days=t.get("days", 0),
                     needs=_needs(t.get("needs", [])),
                     after=[(index[l["task"]], l.get("min_days", 1), l.get("max_days"))
                            for l in t.get("after", [])],
                     items=[(i["item"], milli(i.get("quantity", 1)), i.get("days_before", 0))
                            for i in t.get("items", [])],
                     presence=t.get("presence", False), moves=t.get("moves", ""),
                     notice=t.get("notice_days", 1)) for t in entries]

    def _read_resources(self):
        self.resources = {}
        self.roles = {}
        slot_index = {slot.id: s for s, slot in enumerate(self.slots)}
        for row in self._rows("resources.csv"):
            days = set(_weekdays(row.get("days") or "mon-fri"))
            base, extra = set(), []
            for word in filter(None, (w.strip() for w in (row.get("slots") or "").split(","))):
                if ":" in word:
                    weekday, slot = word.split(":")
                    extra += [(d, slot_index[slot]) for d in _weekdays(weekday)]
                else:
                    base.add(slot_index[word])
            base = base or {s for s, slot in enumerate(self.slots) if not slot.late}
            slots = {d: set(base) if d in days else set() for d in range(7)}
            for d, s in extra:
                slots[d].add(s)
            resource = Resource(row["resource"], row["role"], row["measure"],
                                milli(row.get("capacity") or 1), days, slots, base,
                                int(row["max_late_per_week"]) if row.get("max_late_per_week")
                                else self.n_days, *self._dates(row))
            resource.by_day = [self._ordinary(resource, d) for d in range(self.n_days)]
            self.resources[resource.id] = resource
            self.roles.setdefault(resource.role, []).append(resource)
        for row in self._rows("calendar.csv"):
            for resource in self.resources.values():
                if row["resource"] in ("*", resource.id, resource.role):
                    self._apply(resource, row, slot_index)

    def _ordinary(self, resource, day):
        weekday = self.weekday(day)
        inside = resource.start <= day <= resource.end
        if resource.measure != "clock":
            return resource.capacity if inside and weekday in resource.days else 0
        people = resource.capacity // MILLI
        return [people if inside and s in resource.slots[weekday] else 0
                for s in range(len(self.slots))]

    def _apply(self, resource, row, slot_index):
        closed = not row.get("capacity")
        first, last = self._dates({"from": row["from"], "until": row.get("until") or row["from"]})
        for day in range(max(first, resource.start), min(last, resource.end) + 1):
            if resource.measure != "clock":
                resource.by_day[day] = 0 if closed else milli(row["capacity"])
                continue
            named = [slot_index[w.strip()] for w in (row.get("slots") or "").split(",") if w.strip()]
            usual = resource.slots[self.weekday(day)] or resource.base_slots
            for s in named or (range(len(self.slots)) if closed else usual):
                resource.by_day[day][s] = 0 if closed else int(row["capacity"])

    def _read_households(self):
        self.households = []
        for row in self._rows("households.csv"):
            members = dict(pair.split("=") for pair in (row.get("members") or "").split(";") if pair)
            self.households.append(Household(
                id=row["household"], package=row["package"], rooms=int(row.get("rooms") or 1),
                accessible=yes(row.get("accessible") or ""), volume=milli(row.get("volume_m3") or 0),
                weight=int(row.get("weight") or 1),
                earliest=self.day(row["earliest"]) if row.get("earliest") else 0,
                deadline=self.day(row["deadline"]) if row.get("deadline") else None,
                max_nights=int(row["max_nights_away"]) if row.get("max_nights_away") else None,
                own_relocation=row.get("relocation") == "own", members=members))

    def _read_availability(self):
        by_household = {household.id: [] for household in self.households}
        for row in self._rows("availability.csv"):
            by_household[row["household"]].append(row)
        ordinary = merge((s.start, s.end) for s in self.slots if not s.late)
        for household in self.households:
            spans = {kind: [[] for _ in range(self.n_days)]
                     for kind in ("available", "preferred", "absent")}
            for row in by_household[household.id]:
                span = (minute(row["from"]) if row.get("from") else 0,
                        minute(row["to"]) if row.get("to") else 24 * 60)
                for day in self._days(row["days"]):
                    spans[row["kind"]][day].append(span)
            any_window = any(row["kind"] != "absent" for row in by_household[household.id])
            any_preferred = any(row["kind"] == "preferred" for row in by_household[household.id])
            for day in range(self.n_days):
                windows = merge(spans["available"][day] + spans["preferred"][day])
                absences = spans["absent"][day]
                household.windows.append(cut(windows if any_window else ordinary, absences))
                if any_preferred:
                    household.preferred.append(cut(merge(spans["preferred"][day]), absences))
                if absences:
                    household.absent.add(day)
            household.preferred = household.preferred or None

    def _days(self, text):
        if text[0].isdigit():
            first, _, last = text.partition("..")
            return range(max(self.day(first), 0), min(self.day(last or first), self.n_days - 1) + 1)
        weekdays = set(_weekdays(text))
        return [d for d in range(self.n_days) if self.weekday(d) in weekdays]

    def _refuse(self):
        if self._rows("progress.csv"):
            raise NotModelled("what progress.csv says is not modelled by the peers")
        for tasks in self.packages.values():
            moves = {t.moves for t in tasks} - {""}
            if moves == {"out"}:
                raise NotModelled("transfers are not modelled by the peers")
            for t in tasks:
                if t.minutes and any(self.roles[r][0].measure != "clock" for r, _ in t.needs):
                    raise NotModelled("an appointment that needs a crew is not modelled by the peers")
                if t.days and any(self.roles[r][0].measure == "clock" for r, _ in t.needs):
                    raise NotModelled("works that need a clock member are not modelled by the peers")

    # ---- Questions ------------------------------------------------------------------------------

    def tasks(self, household):
        return self.packages[household.package]

    def order(self, household):
        """Indices of the tasks, each behind those that it waits for, in the file's order."""
        tasks = self.tasks(household)
        placed = []
        while len(placed) < len(tasks):
            placed.append(next(a for a, t in enumerate(tasks) if a not in placed and
                               all(other in placed for other, _, _ in t.after)))
        return placed

    def candidates(self, household, role):
        """The members who may serve the household."""
        if role in household.members:
            return [self.resources[household.members[role]]]
        return self.roles[role]

    def amount(self, household, amount):
        return household.volume if amount is None else amount

    def needs_home(self, household):
        return (not household.own_relocation and
                any(t.moves == "out" for t in self.tasks(household)))

    def suits(self, household, home):
        return home.rooms >= household.rooms and (home.accessible or not household.accessible)

    def release(self, household, task):
        """C1: the first day on which it may start."""
        return max(0, household.earliest, self.as_of + task.notice)

    def late_slot(self, start):
        return self._late[start]

    def starts(self, household, task, day, member_slots, preferred_only=False):
        """C5: starts (minutes) in the tenant's windows of that day, in the slots that are worked."""
        if preferred_only and household.preferred is None:
            preferred_only = False
        starts = []
        for s in member_slots:
            slot = self.slots[s]
            for opens, closes in (household.preferred if preferred_only else household.windows)[day]:
                first = slot.start + max(0, -(-(opens - slot.start) // self.grid)) * self.grid
                starts += range(first, min(slot.end, closes) - task.minutes + 1, self.grid)
        return starts

    def end_cost(self, household, last):
        late = 0 if household.deadline is None else max(0, last - household.deadline)
        return (self.weights["flow_day"] * max(last, 0) +
                self.weights["late_day"] * household.weight * late)

    def stock(self, household, item):
        """Deliveries (day, quantity) of the item that the household draws on, and whether they are
        its own."""
        own = [(d, q) for i, q, d, who in self.deliveries if i == item and who == household.id]
        if own:
            return own, True
        return [(d, q) for i, q, d, who in self.deliveries if i == item and who is None], False


def _needs(entries):
    """Needs of one role are added up; the volume stands alone."""
    needs = {}
    for entry in entries:
        amount = entry.get("amount", 1)
        if amount == "volume_m3":
            if entry["role"] in needs:
                raise NotModelled("a role needed twice, once by volume")
            needs[entry["role"]] = None
        else:
            needs[entry["role"]] = needs.get(entry["role"], 0) + milli(amount)
    return list(needs.items())


def _weekdays(text):
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        a = WEEKDAYS.index(first)
        b = WEEKDAYS.index(last or first)
        yield from (d % 7 for d in range(a, b + 1 if b >= a else b + 8))
