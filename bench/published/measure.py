#!/usr/bin/env python3
"""Plans published instances of project scheduling and compares with the best known values:

    bench/published/measure.py FILE...
    bench/published/measure.py --seconds 10 --best my-table.csv j60/*.sm

See docs/measurements.md.
"""
import argparse
import csv
import datetime
import json
import math
import os
import statistics
import subprocess
import sys

import folder
import formats

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def times(text):
    """The times of --seconds, ascending."""
    seconds = sorted(float(s) for s in text.split(","))
    if not all(0 < s < math.inf for s in seconds):
        raise ValueError
    return seconds


def best_known(path):
    """The best known value by the file's name without its ending."""
    try:
        with open(path, newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            if not {"file", "best"} <= set(reader.fieldnames or ()):
                raise ValueError
            return {row["file"]: float(row["best"]) for row in reader}
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{path}: {error.strerror}") from error
    except (TypeError, ValueError) as error:
        wanted = "expected a table with the columns file and best"
        raise argparse.ArgumentTypeError(f"{path}: {wanted}") from error


def programs(path):
    if not os.access(os.path.join(path, "pilote"), os.X_OK):
        raise argparse.ArgumentTypeError(f"{path}: there is no pilote")
    return path


def arguments():
    parser = argparse.ArgumentParser(description="Plans published instances.")
    parser.add_argument("files", nargs="+", help="instances: " + ", ".join(formats.READERS))
    parser.add_argument("--seconds", default="10,60", type=times,
                        help="times at which to look; a run takes the last (default %(default)s)")
    parser.add_argument("--best", default=os.path.join(HERE, "best_known.csv"), type=best_known,
                        help="table with the columns file and best (default: best_known.csv here)")
    parser.add_argument("--threads", type=int, default=0, help="of pilote (default: all processors)")
    parser.add_argument("--build", default=os.path.join(ROOT, "build/release"), type=programs,
                        help="folder of the programs")
    parser.add_argument("--out", default=os.path.join(ROOT, "bench/out/published"),
                        help="folder for operations, plans and tables")
    return parser.parse_args()


def path_days(project):
    """Days that the project takes when it has everything to itself, by longest paths."""
    start = [0] * len(project.days)
    for _ in project.days:
        for i, j, d in project.lags:
            start[j] = max(start[j], start[i] + d)
    return max(s + d for s, d in zip(start, project.days))


def finishes(plan):
    """Days from the horizon's start to the end of every project, the last day included; None when
    one is not planned."""
    ends = []
    for household in plan["households"]:
        if not household["planned"]:
            return None
        last = max(datetime.date.fromisoformat(t["finish"]) for t in household["tasks"])
        ends.append((last - folder.START).days + 1)
    return ends


def value_of(instance, ends):
    """The makespan of one project; of several, the mean delay beyond their paths."""
    if len(ends) == 1:
        return ends[0]
    return statistics.mean(end - p.release - path_days(p)
                           for end, p in zip(ends, instance.projects))


def run_pilote(args, operation, seconds):
    """Plans the operation; returns the log's events, the plan (None without one), and whether it
    verifies."""
    pilote = os.path.join(args.build, "pilote")
    out = os.path.join(operation, "plan")
    command = [pilote, "plan", operation, "-o", out, "--quiet", "--no-report", "--log", "--json",
               "-t", str(seconds)]
    if args.threads > 0:
        command += ["-j", str(args.threads)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                          check=False)
    events = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    if done.returncode not in (0, 1):
        return events, None, False
    path = os.path.join(out, "plan.json")
    verified = subprocess.run([pilote, "verify", operation, path, "--quiet"],
                              stdout=subprocess.DEVNULL, check=False).returncode == done.returncode
    with open(path, encoding="utf-8") as file:
        return events, json.load(file), verified


def known_at(events, seconds):
    """What was known by then, as far as a clock is kept (5 %)."""
    known = {}
    for event in events:
        if event["event"] != "remark" and event["time"] <= seconds * 1.05:
            known = event
    return known


def measure(args, path):
    """The row of one file."""
    name = os.path.splitext(os.path.basename(path))[0]
    operation = os.path.join(args.out, name)
    instance = folder.convert(path, operation)
    looks = args.seconds
    events, plan, verified = run_pilote(args, operation, looks[-1])
    ends = finishes(plan) if plan is not None else None
    row = {"set": os.path.basename(os.path.dirname(os.path.abspath(path))), "file": name,
           "tasks": instance.n_tasks(), "projects": len(instance.projects),
           "best": args.best.get(name), "verified": "yes" if verified else "NO"}
    for seconds in looks:
        row[f"at_{seconds:g}"] = None
    row["bound"] = None
    if ends is not None:
        n = len(ends)
        last = value_of(instance, ends)
        total = known_at(events, math.inf)["total"]
        for seconds in looks:
            known = known_at(events, seconds)
            if known.get("unplanned") == 0:
                row[f"at_{seconds:g}"] = last + (known["total"] - total) / n
        bound = known_at(events, math.inf).get("bound")
        if bound is not None:
            gained = (bound - total) / n
            row["bound"] = last + (math.ceil(gained - 1e-9) if n == 1 else gained)
    return row


def deviation(row, key):
    """How much the value is above the best known one, as a share; None when either is missing."""
    if row["best"] is None or row[key] is None:
        return None
    return row[key] / row["best"] - 1


def _number(value):
    return "-" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _percent(value):
    return "-" if value is None else f"{value:.2%}"


def table(rows, looks):
    """Every file, then every set, as Markdown."""
    heads = [f"at {seconds:g} s" for seconds in looks]
    lines = ["| file | projects | tasks | best known | " + " | ".join(heads) +
             " | bound | above best | verified |",
             "| --- | ---: | ---: | ---: |" + " ---: |" * (len(looks) + 2) + " --- |"]
    last = f"at_{looks[-1]:g}"
    for row in rows:
        lines.append("| " + " | ".join(
            [row["file"], str(row["projects"]), str(row["tasks"]), _number(row["best"])] +
            [_number(row[f"at_{s:g}"]) for s in looks] +
            [_number(row["bound"]), _percent(deviation(row, last)), row["verified"]]) + " |")
    lines += ["", "| set | files | " +
              " | ".join(f"above best {head}, mean (median)" for head in heads) +
              " | best reached | no plan |",
              "| --- | ---: |" + " --- |" * len(looks) + " ---: | ---: |"]
    for name in dict.fromkeys(row["set"] for row in rows):
        group = [row for row in rows if row["set"] == name]
        cells = []
        for seconds in looks:
            above = [d for d in (deviation(row, f"at_{seconds:g}") for row in group)
                     if d is not None]
            cells.append(f"{statistics.mean(above):.2%} ({statistics.median(above):.2%})"
                         if above else "-")
        reached = [deviation(row, last) for row in group]
        lines.append("| " + " | ".join(
            [name, str(len(group))] + cells +
            [str(sum(d is not None and d <= 0 for d in reached)),
             str(sum(row[last] is None for row in group))]) + " |")
    return lines


def main():
    args = arguments()
    os.makedirs(args.out, exist_ok=True)
    looks = args.seconds
    rows = []
    for path in args.files:
        try:
            rows.append(measure(args, path))
        except (OSError, ValueError) as error:
            print(f"measure.py: {error}", file=sys.stderr)
            continue
        row = rows[-1]
        print(f"{row['file']}: {_number(row[f'at_{looks[-1]:g}'])}, best known "
              f"{_number(row['best'])}, bound {_number(row['bound'])}", file=sys.stderr, flush=True)
    if not rows:
        return 1
    with open(os.path.join(args.out, "published.csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    text = "\n".join(table(rows, looks)) + "\n"
    with open(os.path.join(args.out, "published.md"), "w", encoding="utf-8") as file:
        file.write(text)
    print(text, end="")
    good = len(rows) == len(args.files) and all(row["verified"] == "yes" for row in rows)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
