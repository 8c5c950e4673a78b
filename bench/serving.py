"""Loads `mlp serve` with the banking77 model by wrk from the same machine: single rows, and 64 rows a request; then, with --soak, both for a long time while the model is
replaced every few seconds.

usage: serving.py [--seconds 10] [--connections 64] [--rate 50000] [--soak 600] [--swap-every 5] [--csv TRAIN.csv]

Needs MLPIPELINES_DATASETS (or --csv with the columns text and label), `dotnet build -c Release src/Cli`, and Debian's wrk. wrk sends as fast as it gets answers, so that
latencies are those of a server that is as busy as it can be; --rate adds a load of so many rows a second, in requests of 64.
"""
import argparse
import csv
import gzip
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time

from comparison import HERE, write

MLP = HERE.parent / "src/Cli/bin/Release/net10.0/mlp"
ENVIRONMENT = {**os.environ, "MLPIPELINES_RUNS": "none"}


def texts(given):
    """The rows of banking77 to learn from: texts with their labels."""
    if given:
        with open(given, encoding="utf-8", newline="") as file:
            return [(row["text"], row["label"]) for row in csv.DictReader(file)]
    with gzip.open(pathlib.Path(os.environ["MLPIPELINES_DATASETS"], "text/banking77/train.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        return [(row["text"], row["category"]) for row in csv.DictReader(file)]


def train(rows, path):
    table = path.with_suffix(".csv")
    with open(table, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["text", "label"])
        writer.writerows(rows)
    subprocess.run([MLP, "train", "text-classification", "--dataset", table, "--label-col", "label", "--output", path], check=True, capture_output=True, env=ENVIRONMENT)


class Server:
    """`mlp serve` over a folder."""

    def __init__(self, folder):
        self.process = subprocess.Popen([MLP, "serve", folder, "--port", "0"], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
        self.lines, self.url = [], None
        for stream in (self.process.stdout, self.process.stderr):
            threading.Thread(target=self.read, args=(stream,), daemon=True).start()
        for _ in range(200):
            if self.url:
                return
            time.sleep(0.05)
        raise SystemExit("mlp serve did not start:\n" + "".join(self.lines))

    def read(self, stream):
        for line in stream:
            self.lines.append(line)
            if found := re.search(r" at (http://\S+)", line):
                self.url = found.group(1)

    def memory(self):
        """Megabytes in memory, and the most so far."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return [int(re.search(name + r":\s+(\d+)", status).group(1)) / 1024 for name in ("VmRSS", "VmHWM")]

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


class Load:
    """wrk against the model."""

    def __init__(self, server, rows, size, seconds, connections, pause=0):
        self.size = size
        self.process = subprocess.Popen(["wrk", "-t1", f"-c{connections}", f"-d{seconds:.0f}s", "-s", HERE / "serving.lua", f"{server.url}/models/banking/predict", "--", rows, str(size), f"{pause:.1f}"],
                                        stdout=subprocess.PIPE, text=True)

    def result(self):
        """Requests and rows a second, failures, and latencies in milliseconds: median, 99th percentile, most."""
        output = self.process.communicate()[0]
        numbers = [float(number) for number in output.strip().splitlines()[-1].split()]
        requests, seconds = numbers[0], numbers[1] / 1e6
        return requests / seconds, requests * self.size / seconds, int(sum(numbers[2:7])), [value / 1000 for value in numbers[7:]]


def soak(server, rows, folder, models, seconds, every, connections):
    """Both loads at once, half of the connections each, with replaced models."""
    loads = [Load(server, rows, size, seconds, connections // 2) for size in (1, 64)]
    start, swaps, memory = time.monotonic(), 0, []
    while all(load.process.poll() is None for load in loads):
        time.sleep(every)
        swaps += 1
        # As mlp train writes a model: beside its place, then by one rename.
        beside = folder / f"banking.zip.{swaps}.tmp"
        shutil.copyfile(models[swaps % 2], beside)
        os.replace(beside, folder / "banking.zip")
        memory.append(server.memory()[0])
        print(f"{time.monotonic() - start:5.0f} s  swap {swaps:4}  {memory[-1]:6.1f} MB", flush=True)
    return [load.result() for load in loads], swaps, memory


def row(name, result):
    per_second, rows, failed, (median, most, longest) = result
    return f"| {name} | {per_second:,.0f} | {rows:,.0f} | {median:.2f} | {most:.2f} | {longest:.1f} | {failed} |"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--rate", type=float, default=50000)
    parser.add_argument("--soak", type=float, default=0)
    parser.add_argument("--swap-every", type=float, default=5)
    parser.add_argument("--csv")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        temporary = pathlib.Path(temporary)
        folder, models = temporary / "models", [temporary / "a.zip", temporary / "b.zip"]
        folder.mkdir()
        data = texts(arguments.csv)
        train(data, models[0])
        train(data[::2] + data[1::4], models[1])
        shutil.copyfile(models[0], folder / "banking.zip")
        rows = temporary / "rows.txt"
        rows.write_text("".join(json.dumps({"text": text}) + "\n" for text, _ in data), encoding="utf-8")
        server = Server(folder)
        lines = ["# `mlp serve` with the banking77 model", "", f"{{when}}; wrk on the same machine, {arguments.connections} connections that are kept, as fast as answers come. Milliseconds from the request to the end of its answer.", "",
                 f"    bench/serving.py --seconds {arguments.seconds:g} --connections {arguments.connections} --soak {arguments.soak:g} --swap-every {arguments.swap_every:g}", "",
                 "| load | requests/s | rows/s | median | 99 % | most | failed |", "|---|---|---|---|---|---|---|"]
        # What is compiled first while it runs is not measured.
        for size in (1, 64):
            Load(server, rows, size, 3, arguments.connections).result()
        for name, size in (("one row a request", 1), ("64 rows a request", 64)):
            lines.append(row(name, Load(server, rows, size, arguments.seconds, arguments.connections).result()))
            print(lines[-1], flush=True)
        if arguments.rate > 0:
            # A connection waits for its answer as well, which is short beside the pause.
            load = Load(server, rows, 64, arguments.seconds, arguments.connections, pause=1000 * 64 * arguments.connections / arguments.rate)
            lines.append(row(f"64 rows a request, at {arguments.rate:,.0f} rows/s", load.result()))
            print(lines[-1], flush=True)
        if arguments.soak > 0:
            results, swaps, memory = soak(server, rows, folder, models, arguments.soak, arguments.swap_every, arguments.connections)
            for name, result in zip(("one row, with swaps", "64 rows beside it"), results):
                lines.append(row(name, result))
                print(lines[-1], flush=True)
            swapped = sum("swapped" in line for line in server.lines)
            early, late = (sorted(part)[len(part) // 2] for part in (memory[: max(1, len(memory) // 4)], memory[-max(1, len(memory) // 4):]))
            lines += ["", f"{arguments.soak:g} seconds of both loads at once, half of the connections each, while the file of the model was replaced {swaps} times ({swapped} swaps reported): "
                      f"memory was {early:.0f} MB in the first quarter of that time, {late:.0f} MB in the last (medians), at most {server.memory()[1]:.0f} MB."]
            print(lines[-1], flush=True)
        code = server.end()
        if code != 0:
            raise SystemExit(f"mlp serve ended with {code}:\n" + "".join(server.lines))
    write("serving", lines)


if __name__ == "__main__":
    main()
