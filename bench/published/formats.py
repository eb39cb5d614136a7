"""formats.py: published instances of project scheduling, read from their files.

    .sm            ProGen (PSPLIB): finish-start precedence
    .rcp           Patterson: finish-start precedence
    .sch           ProGen/max: lags from start to start, negative ones say a maximum
    .rcmp          MPLIB: several projects that share what there is
    .jsp           job shop: a line per job, machine and days in turn (ft06, la01, ...)

Tasks without days (a project's first and last one) are taken out, and what they say is told by lags
of the others.
"""
import os


class Project:
    """days[i], needs[i] (units per resource) of every task, and lags (i, j, d): j starts at least d
    days after i has started. No task starts before `release`."""

    def __init__(self, days, needs, lags, release=0):
        self.days = days
        self.needs = needs
        self.lags = lags
        self.release = release


class Instance:
    """Projects that share `capacities`."""

    def __init__(self, capacities, projects):
        self.capacities = capacities
        self.projects = projects

    def n_tasks(self):
        return sum(len(p.days) for p in self.projects)


def _strongest(lags):
    """Of the lags of a pair the longest."""
    longest = {}
    for i, j, d in lags:
        longest[i, j] = max(d, longest.get((i, j), d))
    return [(i, j, d) for (i, j), d in longest.items()]


def _without(project, a):
    """The lags once task a, which takes no time, is no more."""
    into = [(i, d) for i, j, d in project.lags if j == a]
    out = [(j, d) for i, j, d in project.lags if i == a]
    if not into and any(d > 0 for _, d in out):
        raise ValueError(f"task {a + 1} makes others wait for the beginning")
    if not out and any(d > project.days[i] for i, d in into):
        raise ValueError(f"task {a + 1} comes later than the finish of another")
    passed = [(i, j, d + e) for i, d in into for j, e in out if i != j]
    return _strongest([(i, j, d) for i, j, d in project.lags if a not in (i, j)] + passed)


def _compact(project):
    """The project without tasks that take no time."""
    for a, days in enumerate(project.days):
        if days == 0:
            if any(project.needs[a]):
                raise ValueError(f"task {a + 1} takes no time, but resources")
            project.lags = _without(project, a)
    kept = [a for a, days in enumerate(project.days) if days > 0]
    number = {a: i for i, a in enumerate(kept)}
    return Project([project.days[a] for a in kept], [project.needs[a] for a in kept],
                   [(number[i], number[j], d) for i, j, d in project.lags], project.release)


def _whole(word):
    try:
        return int(word)
    except ValueError as error:
        raise ValueError(f"'{word}' is not a whole number") from error


def _numbers(lines):
    return [_whole(word) for line in lines for word in line.split()]


def _read_sm(text):
    lines = text.splitlines()
    head = {name: k for k, line in enumerate(lines) for name in
            ("PRECEDENCE", "REQUESTS", "RESOURCEAVAILABILITIES") if line.startswith(name)}

    def rows(name, skip):
        block = []
        for line in lines[head[name] + skip:]:
            if line.startswith("*"):
                return block
            block.append([_whole(word) for word in line.split()])
        return block

    successors = rows("PRECEDENCE", 2)
    requests = rows("REQUESTS", 3)
    if any(row[1] != 1 for row in successors):
        raise ValueError("tasks with several modes are not modelled")
    days = [row[2] for row in requests]
    lags = [(row[0] - 1, j - 1, days[row[0] - 1]) for row in successors for j in row[3:]]
    return Instance(rows("RESOURCEAVAILABILITIES", 2)[0],
                    [_compact(Project(days, [row[3:] for row in requests], lags))])


def _read_rcp(text):
    values = iter(_numbers(text.splitlines()))
    n, m = next(values), next(values)
    capacities = [next(values) for _ in range(m)]
    days, needs, lags = [], [], []
    for i in range(n):
        days.append(next(values))
        needs.append([next(values) for _ in range(m)])
        lags += [(i, next(values) - 1, days[i]) for _ in range(next(values))]
    return Instance(capacities, [_compact(Project(days, needs, lags))])


def _read_sch(text):
    lines = [line.split() for line in text.splitlines() if line.split()]
    n = _whole(lines[0][0]) + 2
    days, needs, lags = [], [], []
    for i, words in enumerate(lines[1:n + 1]):
        count = _whole(words[2])
        ends = [_whole(word) for word in words[3:3 + count]]
        least = [_whole(word.strip("[]")) for word in words[3 + count:3 + 2 * count]]
        if len(least) != count or words[1] != "1":
            raise ValueError(f"task {i}: one mode, and a lag in brackets for every successor")
        lags += [(i, j, d) for j, d in zip(ends, least)]
    for words in lines[n + 1:2 * n + 1]:
        days.append(_whole(words[2]))
        needs.append([_whole(word) for word in words[3:]])
    return Instance([_whole(word) for word in lines[2 * n + 1]],
                    [_compact(Project(days, needs, lags))])


def _read_rcmp(text):
    lines = iter([line.split() for line in text.splitlines() if line.split()])
    n, m = _whole(next(lines)[0]), _whole(next(lines)[0])
    capacities = [_whole(word) for word in next(lines)]
    projects = []
    for p in range(n):
        n_tasks, release = (_whole(word) for word in next(lines)[:2])
        next(lines)  # which resources it uses
        days, needs, lags = [], [], []
        for i in range(n_tasks):
            words = next(lines)
            days.append(_whole(words[0]))
            needs.append([_whole(word) for word in words[1:1 + m]])
            for word in words[m + 2:]:
                project, task = (_whole(number) for number in word.split(":"))
                if project != p + 1:
                    raise ValueError("precedence between projects is not modelled")
                lags.append((i, task - 1, days[i]))
        projects.append(_compact(Project(days, needs, lags, release)))
    return Instance(capacities, projects)


def _read_jsp(text):
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    n, m = _numbers(lines[:1])[:2]
    days, needs, lags = [], [], []
    for j in range(n):
        numbers = _numbers(lines[j + 1:j + 2])
        for k in range(m):
            machine, took = numbers[2 * k], numbers[2 * k + 1]
            if not 0 <= machine < m:
                raise ValueError(f"machine {machine} of {m}")
            if k > 0:
                lags.append((len(days) - 1, len(days), days[-1]))
            days.append(took)
            needs.append([int(r == machine) for r in range(m)])
    return Instance([1] * m, [_compact(Project(days, needs, lags))])


READERS = {".sm": _read_sm, ".rcp": _read_rcp, ".sch": _read_sch, ".rcmp": _read_rcmp,
           ".jsp": _read_jsp}


def read(path):
    """The instance of a file, by the ending of its name. Raises ValueError for what a pilote
    operation cannot say, or when the file is not of its format."""
    ending = os.path.splitext(path)[1].lower()
    if ending not in READERS:
        raise ValueError(f"{path}: expected one of {', '.join(READERS)}")
    with open(path, encoding="latin-1") as file:
        text = file.read()
    try:
        return READERS[ending](text)
    except (IndexError, KeyError, StopIteration) as error:
        raise ValueError(f"{path}: not a whole {ending} file") from error
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
