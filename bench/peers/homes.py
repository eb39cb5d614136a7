"""homes.py: which home of a kind each household lives in, once the days are known."""


def kinds(operation):
    """Homes that are alike, in the order in which the compact program counts them."""
    found = {}
    for home in operation.homes:
        found.setdefault((home.accessible, home.rooms, home.start, home.end), []).append(home)
    return [homes for _, homes in
            sorted(found.items(), key=lambda kind: (kind[0][0], kind[0][1], kind[0][3] - kind[0][2],
                                                    operation.homes.index(kind[1][0])))]


def assign(operation, homes, stays):
    """stays: (household, move out, move back). Household -> home; the earliest move out takes the home
    that is free, which succeeds whenever no day has more stays than homes. None otherwise."""
    free = {home.id: home.start for home in homes}
    assigned = {}
    for household, out, back in sorted(stays, key=lambda stay: stay[1]):
        home = next((home for home in homes if free[home.id] <= out and back <= home.end), None)
        if home is None:
            return None
        assigned[household] = home.id
        free[home.id] = back + operation.turnaround + 1
    return assigned
