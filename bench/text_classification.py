"""Compares `mlp train text-classification` with scikit-learn, whole process against whole process, and writes a table.

usage: text_classification.py [--runs 5] [--sets banking77,clinc150,20news,hotel,shopping]

Needs MLPIPELINES_DATASETS, `dotnet build -c Release src/Cli`, and a Python with scikit-learn (PYTHON, by default
/usr/bin/python3). The two programs run in turn after one warm-up each; medians are compared.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
MLP = HERE.parent / "src/Cli/bin/Release/net10.0/mlp"
PYTHON = os.environ.get("PYTHON", "/usr/bin/python3")
FEATURES = {"banking77": ["word", "word-char"], "clinc150": ["word", "word-char"], "20news": ["word", "word-char"],
            "hotel": ["char"], "shopping": ["char"]}


def timed(command):
    start = time.perf_counter()
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return time.perf_counter() - start, output.strip().splitlines()[-1]


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        name = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())
    return f"{name}, {os.cpu_count()} cores"


def compare(name, folder, runs):
    files = [str(folder / f"{name}-{part}.csv") for part in ("train", "test")]
    ours = [str(MLP), "train", "text-classification", "--dataset", files[0], "--test-dataset", files[1], "--label-col", "label",
            "--text-col", "text", "--seed", "1", "--output", str(folder / f"{name}.zip"), "--json"]
    # The features that serve scikit-learn best on this set are the ones it is timed with.
    first = {features: timed([PYTHON, str(HERE / "peers/sklearn_text.py"), *files, features]) for features in FEATURES[name]}
    best = max(first, key=lambda features: float(first[features][1]))
    theirs = [PYTHON, str(HERE / "peers/sklearn_text.py"), *files, best]
    timed(ours)
    pairs = [(timed(ours), timed(theirs)) for _ in range(runs)]
    result = json.loads(pairs[0][0][1])
    mine, peer = (statistics.median(pair[i][0] for pair in pairs) for i in (0, 1))
    ratio = statistics.median(pair[0][0] / pair[1][0] for pair in pairs)
    return (f"| {name} | {result['metrics']['accuracy']:.4f} | {result['metrics']['macroF1']:.4f} | {result['metrics']['logLoss']:.3f} | "
            f"{mine:.2f} | {result['peakMemoryMB']} | {result['modelBytes'] / 1e6:.1f} | {float(first[best][1]):.4f} ({best}) | {peer:.2f} | {ratio:.2f} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sets", default=",".join(FEATURES))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        subprocess.run([PYTHON, str(HERE / "text_datasets.py"), os.environ["MLPIPELINES_DATASETS"], str(folder)], check=True)
        rows = []
        for name in arguments.sets.split(","):
            rows.append(compare(name, folder, arguments.runs))
            print(rows[-1], flush=True)
    table = ["# Text classification against scikit-learn", "",
             f"{processor()}, {datetime.date.today()}; seed 1; medians of {arguments.runs} runs in turn after a warm-up; seconds of whole processes",
             "(load, fit, evaluate, save). scikit-learn: TfidfVectorizer and LinearSVC with the more accurate of its features.", "",
             "    bench/text_classification.py --runs " + str(arguments.runs), "",
             "| set | accuracy | macro F1 | log loss | seconds | peak MB | model MB | scikit-learn accuracy | its seconds | time ratio |",
             "|---|---|---|---|---|---|---|---|---|---|", *rows, ""]
    cpu = "-".join(processor().split(",")[0].lower().split())
    target = HERE / "results" / cpu / "text-classification.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(table), encoding="utf-8")
    print(target)


if __name__ == "__main__":
    main()
