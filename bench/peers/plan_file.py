"""plan_file.py: what a peer found, as a plan.json for `pilote verify`."""
import json


class Assignment:
    """Dates of one planned household. start and finish are lists over its tasks: days for works,
    (day, minute) for appointments; members maps roles to ids, home is an id or None."""

    def __init__(self, start, finish, members, home=None):
        self.start = start
        self.finish = finish
        self.members = members
        self.home = home


def _moment(operation, value):
    if isinstance(value, tuple):
        day, minute = value
        return f"{operation.date(day)}T{minute // 60:02d}:{minute % 60:02d}"
    return operation.date(value)


def _household(operation, household, assignment):
    if assignment is None:
        return {"household": household.id, "planned": False, "tasks": [],
                "reasons": ["the peer found no dates"]}
    entry = {"household": household.id, "planned": True}
    if assignment.home is not None:
        entry["home"] = assignment.home
    entry["members"] = assignment.members
    tasks = operation.tasks(household)
    moves = {t.moves: a for a, t in enumerate(tasks)}
    entry["nights_away"] = (assignment.start[moves["back"]] - assignment.start[moves["out"]]
                            if "out" in moves else 0)
    entry["tasks"] = [{"task": t.id, "start": _moment(operation, assignment.start[a]),
                       "finish": _moment(operation, assignment.finish[a]), "status": "proposed"}
                      for a, t in enumerate(tasks)]
    return entry


def _is_non_preferred(household, start, finish):
    day, minute = start
    return household.preferred is not None and not any(
        w0 <= minute and finish[1] <= w1 for w0, w1 in household.preferred[day])


def _household_parts(operation, household, assignment):
    """The parts of the objective of a planned household, evenings left out."""
    tasks = operation.tasks(household)
    moves = {t.moves: a for a, t in enumerate(tasks)}
    last = max(f[0] if isinstance(f, tuple) else f for f in assignment.finish)
    nights = (assignment.start[moves["back"]] - assignment.start[moves["out"]]
              if "out" in moves else 0)
    over = 0 if household.max_nights is None else max(0, nights - household.max_nights)
    late = 0 if household.deadline is None else max(0, last - household.deadline)
    return {"night_away": nights * household.weight, "night_over_max": over * household.weight,
            "late_day": late * household.weight, "flow_day": max(last, 0),
            "non_preferred": sum(_is_non_preferred(household, s, f) for t, s, f in
                                 zip(tasks, assignment.start, assignment.finish) if t.minutes)}


def late_evenings(operation, assignments):
    """(member id, day) of all late evenings."""
    evenings = set()
    for household, assignment in zip(operation.households, assignments):
        for a, task in enumerate(operation.tasks(household) if assignment is not None else []):
            if task.minutes and operation.late_slot(assignment.start[a][1]):
                evenings |= {(assignment.members[role], assignment.start[a][0])
                             for role, _ in task.needs}
    return evenings


def cost_parts(operation, assignments):
    """The parts of the objective, as docs/model.md counts them."""
    counts = dict.fromkeys(operation.weights, 0)
    for household, assignment in zip(operation.households, assignments):
        if assignment is None:
            counts["unplanned_household"] += household.weight
            continue
        for part, count in _household_parts(operation, household, assignment).items():
            counts[part] += count
    counts["late_evening"] = len(late_evenings(operation, assignments))
    return {part: operation.weights[part] * count for part, count in counts.items()}


def write_plan(operation, assignments, path):
    """assignments: per household an Assignment or None. The plan claims no bound."""
    parts = cost_parts(operation, assignments)
    total = sum(parts.values())
    plan = {"format": "pilote-plan/1", "operation": operation.name,
            "as_of": operation.date(operation.as_of), "status": "feasible",
            "objective": {"total": total, "bound": 0, "gap": 1 if total else 0, "parts": parts},
            "households": [_household(operation, h, a)
                           for h, a in zip(operation.households, assignments)]}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(plan, file, ensure_ascii=False, indent=1)


def read_plan(operation, path):
    """The assignments of a plan.json."""
    with open(path, encoding="utf-8") as file:
        plan = json.load(file)
    entries = {entry["household"]: entry for entry in plan["households"]}

    def moment(text):
        date, _, time = text.partition("T")
        if not time:
            return operation.day(date)
        return operation.day(date), int(time[:2]) * 60 + int(time[3:5])

    assignments = []
    for household in operation.households:
        entry = entries[household.id]
        if not entry["planned"]:
            assignments.append(None)
            continue
        tasks = {task["task"]: task for task in entry["tasks"]}
        ordered = [tasks[t.id] for t in operation.tasks(household)]
        assignments.append(Assignment([moment(t["start"]) for t in ordered],
                                      [moment(t["finish"]) for t in ordered],
                                      entry["members"], entry.get("home")))
    return assignments
