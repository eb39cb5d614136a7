#!/usr/bin/env python3
"""compare.py: pilote and its peers on the same operations, with the same time limits, in one run.

    compare.py --sizes 60 --seconds 10,60,300 --seeds 3
    compare.py --folders examples/pinsons --peers highs,first-fit

Started by `make bench-peers`, in whose virtual environment the peers' packages are. Each run is a process
of its own, killed when it takes a quarter longer than its time limit and five seconds; every plan is
judged by `pilote verify`. Writes bench/out/peers.csv and prints a table in Markdown.
"""
import argparse
import csv
import json
import math
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
COMPACT, INTERVAL, FIRST_FIT = (os.path.join(HERE, name)
                                for name in ("compact.py", "interval.py", "first_fit.py"))
COLUMNS = ("operation", "seconds", "who", "total", "bound", "took", "memory_mb", "verdict")


def command(who, pilote, folder, plan, seconds):
    """How `who` is started; it writes its plan to the file `plan`."""
    if who == "pilote":
        return [pilote, "plan", folder, "-o", os.path.dirname(plan), "-q", "--no-report", "--json", "-t", str(seconds)]
    if who == "first-fit":
        return [sys.executable, FIRST_FIT, folder, plan]
    if who == "cp-sat":
        return [sys.executable, INTERVAL, pilote, folder, plan, str(seconds)]
    return [sys.executable, COMPACT, who, pilote, folder, plan, str(seconds)]


PEERS = ("pilote", "glpk", "cbc", "highs", "cp-sat", "first-fit")


class Process:
    """A run with a limit on time and memory, and what became of it."""

    def __init__(self, words, seconds, memory_gb):
        limit = int(memory_gb * 2**30)
        begin = time.monotonic()
        self.late = False
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            process = subprocess.Popen(
                words, stdout=out, stderr=err, start_new_session=True,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
            timer = threading.Timer(1.25 * seconds + 5, self._stop, [process])
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            timer.cancel()
            process.returncode = self.code = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            self.out, self.err = out.read(), err.read()
        self.took = time.monotonic() - begin
        self.memory_mb = usage.ru_maxrss / 1024

    def _stop(self, process):
        self.late = True
        os.killpg(process.pid, 9)

    def result(self):
        """The JSON object among its lines, or an empty one."""
        for line in reversed(self.out.splitlines()):
            if line.startswith("{"):
                return json.loads(line)
        return {}

    def out_of_memory(self):
        return bool(re.search(r"MemoryError|bad_alloc|no memory available|[Oo]ut of memory|Cannot allocate", self.err))


def judge(pilote, folder, plan):
    """(total, None) of a plan that keeps all rules, otherwise (None, the first rule it breaks)."""
    verified = subprocess.run([pilote, "verify", folder, plan, "--quiet", "--json"],
                              capture_output=True, text=True, check=False)
    if verified.returncode not in (0, 1):
        found = json.loads(verified.stdout)["violations"] if verified.stdout else [{}]
        return None, f"{found[0].get('constraint')}: {found[0].get('message')}"
    return json.loads(verified.stdout)["objective"]["total"], None


def verdict(run, result, total, broken):
    if total is not None:
        return "verified"
    if broken is not None:
        return f"not verified: {broken}"
    if run.out_of_memory():
        return "out of memory"
    if run.late:
        return "no plan: stopped, over its time"
    if run.code not in (0, 1) or (run.code == 1 and not result):
        last = run.err.strip().splitlines()[-1:] or [f"exit code {run.code}"]
        return f"no plan: {last[0]}"
    if "note" in result:
        return f"credited, without clock times: {result['note']}"
    return "no plan"


def measure(args, who, folder, seconds):
    """One row of the table."""
    with tempfile.TemporaryDirectory() as scratch:
        plan = os.path.join(scratch, "plan.json")
        run = Process(command(who, args.pilote, folder, plan, seconds), seconds, args.memory)
        result = run.result()
        total, broken = judge(args.pilote, folder, plan) if os.path.exists(plan) else (None, None)
    bound = result.get("objective", result).get("bound")
    row = {"operation": os.path.basename(folder.rstrip("/")), "seconds": seconds, "who": who,
           "total": total, "bound": bound, "took": round(run.took, 1),
           "memory_mb": round(run.memory_mb), "verdict": verdict(run, result, total, broken)}
    if total is None and "note" in result:
        row["total"] = result["credited"]
    print(", ".join(f"{key} {value}" for key, value in row.items()), file=sys.stderr, flush=True)
    return row


def operations(args):
    """Folders to plan, the generated ones first."""
    folders = []
    for size in filter(None, args.sizes.split(",")):
        for seed in range(1, args.seeds + 1):
            folder = os.path.join(args.out, f"{size}-{seed}")
            subprocess.run([args.generate, "--quiet", "--households", size, "--seed", str(seed),
                            folder], check=True)
            folders.append(folder)
    return folders + [folder for folder in args.folders.split(",") if folder]


def cell(row):
    if row is None:
        return "-"
    if row["verdict"] == "verified":
        return str(row["total"])
    if row["total"] is not None:
        return f"({row['total']}) credited"
    return row["verdict"].split(":")[0]


def table(rows, whos):
    """Totals side by side, one line per operation and time limit. first-fit has no time limit."""
    lines = ["| operation | limit, s | " + " | ".join(whos) + " | our bound |",
             "| --- | ---: |" + " ---: |" * (len(whos) + 1)]
    for operation, seconds in sorted({(r["operation"], r["seconds"]) for r in rows}):
        of_run = {r["who"]: r for r in rows if (r["operation"], r["seconds"]) == (operation, seconds)}
        ours = of_run.get("pilote")
        lines.append(f"| {operation} | {seconds:g} | " + " | ".join(cell(of_run.get(w)) for w in whos) +
                     f" | {ours['bound'] if ours else '-'} |")
    return lines


def findings(rows):
    """What must not be: a plan that verifies and costs less than our bound, or a bound above our
    total. And what we would rather not see: a peer's plan that costs less than ours."""
    found = []
    for operation in sorted({r["operation"] for r in rows}):
        of_run = [r for r in rows if r["operation"] == operation]
        ours = [r for r in of_run if r["who"] == "pilote" and r["total"] is not None]
        if not ours:
            continue
        bound, total = max(r["bound"] for r in ours), min(r["total"] for r in ours)
        for r in of_run:
            if r["who"] == "pilote":
                continue
            if r["verdict"] == "verified" and r["total"] < bound:
                found.append(f"WRONG: {r['who']} has {r['total']} on {operation}, below our bound {bound}")
            if r["bound"] is not None and r["bound"] > total + 0.5:
                found.append(f"WRONG: {r['who']} proves {r['bound']} on {operation}, above our total "
                             f"{total}")
            same = [o["total"] for o in ours if o["seconds"] == r["seconds"]]
            if r["total"] is not None and same and r["total"] < same[0]:
                found.append(f"{r['who']} has {r['total']} on {operation} in {r['seconds']:g} s, "
                             f"we {same[0]}")
    return found


def goal(rows):
    """Whether our total at 60 s is at most each peer's at 300 s."""
    ours = {r["operation"]: r["total"] for r in rows if r["who"] == "pilote" and r["seconds"] == 60}
    theirs = [r for r in rows if r["who"] != "pilote" and r["seconds"] == 300 and
              r["operation"] in ours]
    lost = [f"{r['who']} on {r['operation']}" for r in theirs if r["total"] is not None and
            r["total"] < (ours[r["operation"]] or math.inf)]
    if not theirs:
        return []
    return [f"Our total at 60 s is at most the peer's at 300 s in {len(theirs) - len(lost)} of "
            f"{len(theirs)} cases." + (f" Not so: {', '.join(lost)}." if lost else "")]


def medians(rows, whos):
    """How much more each costs than we at the same limit: the median over the operations."""
    ours = {(r["operation"], r["seconds"]): r["total"] for r in rows if r["who"] == "pilote"}
    lines = []
    for seconds in sorted({r["seconds"] for r in rows}):
        for who in whos:
            ratios = [r["total"] / ours[r["operation"], seconds] - 1 for r in rows
                      if r["who"] == who and r["seconds"] == seconds and r["total"] is not None and
                      ours.get((r["operation"], seconds))]
            runs = sum(r["who"] == who and r["seconds"] == seconds for r in rows)
            if who != "pilote" and runs:
                more = f"{statistics.median(ratios):+.1%}" if ratios else "-"
                lines.append(f"| {seconds:g} | {who} | {more} | {len(ratios)} of {runs} |")
    return ["| limit, s | peer | total against ours | with a plan |",
            "| ---: | --- | ---: | --- |"] + lines


def arguments():
    parser = argparse.ArgumentParser(description="pilote and its peers side by side.")
    parser.add_argument("--sizes", default="8,60", help="generated operations (default %(default)s)")
    parser.add_argument("--seeds", type=int, default=3, help="of each size (default 3)")
    parser.add_argument("--folders", default="", help="more operations, folders with commas between")
    parser.add_argument("--seconds", default="10,60,300", help="time limits (default %(default)s)")
    parser.add_argument("--peers", default=",".join(PEERS), help="who runs (default %(default)s)")
    parser.add_argument("--memory", type=float, default=20, help="GB for each process (default 20)")
    parser.add_argument("--build", default="build/release", help="folder of the programs")
    parser.add_argument("--out", default="bench/out", help="folder for operations and tables")
    args = parser.parse_args()
    args.pilote = os.path.join(args.build, "pilote")
    args.generate = os.path.join(args.build, "bench/generate")
    return args


def main():
    os.chdir(ROOT)
    args = arguments()
    os.makedirs(args.out, exist_ok=True)
    whos = args.peers.split(",")
    rows = []
    for folder in operations(args):
        for seconds in (float(s) for s in args.seconds.split(",")):
            for who in whos:
                rows.append(measure(args, who, folder, seconds))
                with open(os.path.join(args.out, "peers.csv"), "w", newline="",
                          encoding="utf-8") as file:
                    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
                    writer.writeheader()
                    writer.writerows(rows)
    lines = table(rows, whos) + [""] + medians(rows, whos) + [""] + goal(rows) + findings(rows)
    text = "\n".join(lines).rstrip() + "\n"
    with open(os.path.join(args.out, "peers.md"), "w", encoding="utf-8") as file:
        file.write(text)
    print(text, end="")
    return 1 if any(line.startswith("WRONG") for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
