"""What the comparisons with other programs share: timing in turn, the processor's name, the table."""
import datetime
import os
import pathlib
import platform
import statistics
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = os.environ.get("PYTHON", "/usr/bin/python3")


def timed(command):
    """Seconds of the whole process, and the last line that it prints."""
    start = time.perf_counter()
    output = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
    return time.perf_counter() - start, output.strip().splitlines()[-1]


def in_turn(ours, theirs, runs):
    """Both medians, the median ratio, and what each printed, after a warm-up of ours."""
    timed(ours)
    pairs = [(timed(ours), timed(theirs)) for _ in range(runs)]
    mine, peer = (statistics.median(pair[i][0] for pair in pairs) for i in (0, 1))
    return mine, peer, statistics.median(pair[0][0] / pair[1][0] for pair in pairs), pairs[0][0][1], pairs[0][1][1]


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        name = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())
    return f"{name}, {os.cpu_count()} cores"


def write(name, lines):
    """Writes results/<processor>/<name>.md; the lines may hold {when}, which becomes processor and date."""
    cpu = "-".join(processor().split(",")[0].lower().split())
    target = HERE / "results" / cpu / f"{name}.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    when = f"{processor()}, {datetime.date.today()}"
    target.write_text("\n".join(line.replace("{when}", when) for line in lines) + "\n", encoding="utf-8")
    print(target)
