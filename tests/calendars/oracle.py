#!/usr/bin/python3
"""Reads calendars with two libraries that have nothing to do with pilote, and compares them with
the plan.

    oracle.py parse FILE...        every file is a calendar for both libraries, which agree
    oracle.py equals PLAN FILE...  the events of the files together are the dates of the plan
    oracle.py wall PLAN FILE...    prints `household task start finish` as the wall clock shows them
    oracle.py uid PLAN HOUSEHOLD TASK
    oracle.py show FILE...         prints `uid sequence status start finish place`, sorted
"""

import datetime
import json
import sys
import uuid
import zoneinfo

import icalendar
import vobject


def events(path):
    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    return [e for e in calendar.walk("VEVENT")]


def fields(event):
    start, end = event.decoded("DTSTART"), event.decoded("DTEND")
    return (
        str(event["UID"]),
        int(event["SEQUENCE"]),
        str(event["STATUS"]),
        start.isoformat(),
        end.isoformat(),
        str(event.get("LOCATION", "")).replace(" ", "_"),
    )


def parse(paths):
    for path in paths:
        with open(path, "rb") as file:
            raw = file.read()
        raw.decode("utf-8")
        for line in raw.split(b"\r\n"):
            assert len(line) <= 75, (path, line)
            assert b"\n" not in line and b"\r" not in line, (path, line)
        first = events(path)
        second = list(vobject.readOne(raw.decode("utf-8")).contents.get("vevent", []))
        assert len(first) == len(second), path
        for a, b in zip(first, second):
            assert not a.errors, (path, a.errors)
            b.validate(raiseException=True)
            assert str(a["UID"]) == b.uid.value, path
            assert str(a["SUMMARY"]) == b.summary.value, path
            assert a.decoded("DTSTART") == b.dtstart.value, path
            assert a.decoded("DTEND") == b.dtend.value, path
            assert "DTSTAMP" in a, path


def dates(plan):
    """(household, task) to what the plan says, with the UID as RFC 4122 makes it."""
    space = uuid.UUID(plan["uid_space"])
    found = {}
    for household in plan["households"]:
        for task in household["tasks"]:
            key = str(uuid.uuid5(space, household["household"] + "\0" + task["task"]))
            found[key] = (household["household"], task)
    return found


def wall(plan, event):
    zone = zoneinfo.ZoneInfo(plan["timezone"])
    start, end = event.decoded("DTSTART"), event.decoded("DTEND")
    if isinstance(start, datetime.datetime):
        return tuple(t.astimezone(zone).strftime("%Y-%m-%dT%H:%M") for t in (start, end))
    return start.isoformat(), (end - datetime.timedelta(days=1)).isoformat()


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def equals(path, files):
    plan = load(path)
    expected = dates(plan)
    seen = set()
    for file in files:
        for event in events(file):
            uid = str(event["UID"])
            if str(event["STATUS"]) == "CANCELLED":
                assert uid not in expected, ("cancelled and planned", uid)
                continue
            assert uid in expected, ("not in the plan", uid, str(event["SUMMARY"]))
            household, task = expected[uid]
            assert wall(plan, event) == (task["start"], task["finish"]), (household, task)
            assert int(event["SEQUENCE"]) == task.get("sequence", 0), (household, task)
            seen.add(uid)
    missing = [expected[uid][0] + " " + expected[uid][1]["task"] for uid in set(expected) - seen]
    assert not missing, ("not in the calendar", sorted(missing))


def main():
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "parse":
        parse(arguments)
    elif command == "equals":
        equals(arguments[0], arguments[1:])
    elif command == "uid":
        space = uuid.UUID(load(arguments[0])["uid_space"])
        print(uuid.uuid5(space, arguments[1] + "\0" + arguments[2]))
    elif command == "wall":
        plan = load(arguments[0])
        names = dates(plan)
        for file in arguments[1:]:
            for event in events(file):
                household, task = names[str(event["UID"])]
                print(household, task["task"], *wall(plan, event))
    else:
        for line in sorted(fields(e) for path in arguments for e in events(path)):
            print(*line)


main()
