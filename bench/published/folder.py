"""folder.py: an instance of project scheduling as an operation folder.

A project is a household with a package of its own; a resource is a role with one member of several
units, who works every day. Of the objective only `flow_day` is left, so that a plan costs the sum of
the projects' finishes.
"""
import datetime
import json
import os

import formats

START = datetime.date(2026, 9, 7)
MOST_DAYS = 3660  # of a horizon
MOST_TASKS = 200  # of a package


def _forward(project):
    """position[i] in an order in which no lag that makes a task wait leads backward."""
    n = len(project.days)
    waits = [[] for _ in range(n)]
    count = [0] * n
    for i, j, d in project.lags:
        if d >= 0:
            waits[i].append(j)
            count[j] += 1
    ready = [i for i in range(n) if count[i] == 0]
    position = {}
    while ready:
        i = ready.pop(0)
        position[i] = len(position)
        for j in waits[i]:
            count[j] -= 1
            if count[j] == 0:
                ready.append(j)
    if len(position) < n:
        raise ValueError("lags lead in a circle")
    return position


def _after(project):
    """after[j][i] = [min_days, max_days]: the lags of both directions between i and a later j, told
    as pilote does, from the finish day of i to the start of j."""
    position = _forward(project)
    after = [{} for _ in project.days]
    for i, j, d in project.lags:
        if i == j:
            continue
        forward = position[i] < position[j]
        first, then = (i, j) if forward else (j, i)
        bounds = after[then].setdefault(first, [-MOST_DAYS, None])
        if forward:
            bounds[0] = max(bounds[0], d - project.days[first] + 1)
        else:
            most = -d - project.days[first] + 1
            bounds[1] = most if bounds[1] is None else min(bounds[1], most)
    return after


def _task(project, j, after):
    entry = {"id": f"w{j + 1}", "days": project.days[j],
             "needs": [{"role": f"r{r + 1}", "amount": units}
                       for r, units in enumerate(project.needs[j]) if units > 0],
             "after": [], "notice_days": 0}
    for i, (least, most) in sorted(after.items()):
        lag = {"task": f"w{i + 1}", "min_days": least}
        if most is not None:
            lag["max_days"] = most
        entry["after"].append(lag)
    return entry


def horizon_days(instance):
    """Days that are enough for all tasks one after the other, or as many as a horizon may have."""
    days = 0
    for project in instance.projects:
        longest = list(project.days)
        for i, _, d in project.lags:
            longest[i] = max(longest[i], d)
        days = max(days, project.release) + sum(longest)
    return min(days, MOST_DAYS)


def write(instance, folder):
    """Writes operation.json, households.csv and resources.csv into the folder, which is made when
    missing. Raises ValueError for what an operation cannot say."""
    if not all(p.days for p in instance.projects) or not instance.projects:
        raise ValueError("a project without tasks")
    if any(len(p.days) > MOST_TASKS for p in instance.projects):
        raise ValueError(f"more than {MOST_TASKS} tasks in a project")
    if any(not 1 <= days <= MOST_DAYS for p in instance.projects for days in p.days):
        raise ValueError(f"a task takes 1 to {MOST_DAYS} days")
    packages = {}
    for p, project in enumerate(instance.projects):
        after = _after(project)
        packages[f"P{p + 1}"] = {"tasks": [_task(project, j, after[j])
                                           for j in range(len(project.days))]}
    end = START + datetime.timedelta(days=horizon_days(instance) - 1)
    operation = {"name": "Published instance", "language": "en", "as_of": START.isoformat(),
                 "horizon": {"start": START.isoformat(), "end": end.isoformat()},
                 "slots": [{"id": "day", "from": "08:00", "to": "17:00"}],
                 "weights": {"flow_day": 1}, "packages": packages}
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "operation.json"), "w", encoding="utf-8") as file:
        json.dump(operation, file, indent=1)
    with open(os.path.join(folder, "households.csv"), "w", encoding="utf-8") as file:
        file.write("household,package,earliest\n")
        for p, project in enumerate(instance.projects):
            earliest = START + datetime.timedelta(days=project.release)
            file.write(f"H{p + 1},P{p + 1},{earliest.isoformat() if project.release else ''}\n")
    with open(os.path.join(folder, "resources.csv"), "w", encoding="utf-8") as file:
        file.write("resource,role,measure,capacity,days\n")
        for r, units in enumerate(instance.capacities):
            file.write(f"r{r + 1},r{r + 1},crew,{units},mon-sun\n")


def convert(path, folder):
    """Writes the operation folder of a file, and returns its instance. Raises OSError, and
    ValueError with the file's name."""
    instance = formats.read(path)
    try:
        write(instance, folder)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    return instance
