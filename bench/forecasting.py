"""Forecasts the series of the M4, M3 and tourism competitions with Forecasting.Auto, and those of M4 Hourly with R's forecast package.

usage: forecasting.py [--runs 3] [--every 1]

Needs MLPIPELINES_DATASETS, `dotnet build -c Release bench/Programs`, and Rscript with the packages forecast and parallel. Ours runs --runs times
after a warm-up and the median counts; R's ets takes long and runs once, over every --every-th series, and its time is multiplied accordingly.
"""
import argparse
import os
import pathlib
import statistics
import subprocess

from comparison import HERE, timed, write

PROGRAMS = HERE / "Programs/bin/Release/net10.0/programs"
COMPETITIONS = {
    "m4-hourly": "M4 Hourly, horizon 48", "m4-weekly": "M4 Weekly, horizon 13", "m3": "M3, all",
    "tourism-monthly": "tourism monthly, horizon 24", "tourism-quarterly": "tourism quarterly, horizon 8", "m1": "M1, all"}


def auto(folder, name, runs):
    """Median seconds of the whole process, and the words of the line about all series."""
    command = [PROGRAMS, "forecasting", folder, name, "auto"]
    timed(command)
    seconds = statistics.median(timed(command)[0] for _ in range(runs))
    return seconds, lines(command)


def lines(command):
    output = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
    return next(line for line in output.splitlines() if line.startswith("all ")).split()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    folder = pathlib.Path(os.environ["MLPIPELINES_DATASETS"]) / "forecasting"
    rows, hourly = [], 0.0
    for name, title in COMPETITIONS.items():
        seconds, words = auto(folder, name, arguments.runs)
        if name == "m4-hourly":
            hourly = seconds
        value = {key: words[words.index(key) + 1] for key in ("sMAPE", "MASE", "OWA", "coverage")}
        pooled = words[words.index("values") + 1].rstrip(")")
        rows.append(f"| {title} | {words[1]} | {value['sMAPE']} | {pooled} | {value['MASE']} | {value['OWA']} | {value['coverage']} | {seconds:.2f} |")
    peers = []
    for method in ("ets", "thetaf"):
        _, printed = timed(["Rscript", HERE / "peers/forecast.R", folder / "m4/Hourly-train.csv.gz", folder / "m4/Hourly-test.csv.gz", method, arguments.every])
        count, smape, taken = int(printed.split()[0]), printed.split()[3].rstrip(","), float(printed.split()[4])
        whole = taken * 414 / count
        peers.append(f"| R forecast::{method} | {count} | {smape} | {whole:.1f} | {hourly / whole:.4f} |")
    write("forecasting", [
        "# Forecasts of the competitions' series", "",
        f"{{when}}; `Forecasting.Auto` with its defaults, all cores; medians of {arguments.runs} runs of the whole process after a warm-up.", "",
        f"    bench/forecasting.py --runs {arguments.runs} --every {arguments.every}", "",
        "sMAPE in percent, by series and over all values; OWA against Naive2; coverage of 95 % bounds.", "",
        "| data | series | sMAPE | of all values | MASE | OWA | coverage | seconds |", "|---|---|---|---|---|---|---|---|", *rows, "",
        "M4 Hourly with R (its fitting only, all cores), and how many times as long Auto takes:", "",
        "| method | series fitted | sMAPE | seconds for all | ratio |", "|---|---|---|---|---|", *peers])


if __name__ == "__main__":
    main()
