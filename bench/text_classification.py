"""Compares `mlp train text-classification` with scikit-learn, whole process against whole process, and writes a table.

usage: text_classification.py [--runs 5] [--sets banking77,clinc150,20news,hotel,shopping]

Needs MLPIPELINES_DATASETS, `dotnet build -c Release src/Cli`, and a Python with scikit-learn (PYTHON, by default
/usr/bin/python3). The two programs run in turn after one warm-up each; medians are compared.
"""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile

from comparison import HERE, PYTHON, in_turn, timed, write

MLP = HERE.parent / "src/Cli/bin/Release/net10.0/mlp"
FEATURES = {"banking77": ["word", "word-char"], "clinc150": ["word", "word-char"], "20news": ["word", "word-char"],
            "hotel": ["char"], "shopping": ["char"]}


def compare(name, folder, runs):
    files = [str(folder / f"{name}-{part}.csv") for part in ("train", "test")]
    ours = [str(MLP), "train", "text-classification", "--dataset", files[0], "--test-dataset", files[1], "--label-col", "label",
            "--text-col", "text", "--seed", "1", "--output", str(folder / f"{name}.zip"), "--json"]
    # The features that serve scikit-learn best on this set are the ones it is timed with.
    first = {features: timed([PYTHON, HERE / "peers/sklearn_text.py", *files, features]) for features in FEATURES[name]}
    best = max(first, key=lambda features: float(first[features][1]))
    theirs = [PYTHON, HERE / "peers/sklearn_text.py", *files, best]
    mine, peer, ratio, printed, _ = in_turn(ours, theirs, runs)
    result = json.loads(printed)
    return (f"| {name} | {result['metrics']['accuracy']:.4f} | {result['metrics']['macroF1']:.4f} | {result['metrics']['logLoss']:.3f} | "
            f"{mine:.2f} | {result['peakMemoryMB']} | {result['modelBytes'] / 1e6:.1f} | {float(first[best][1]):.4f} ({best}) | {peer:.2f} | {ratio:.2f} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sets", default=",".join(FEATURES))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        subprocess.run([PYTHON, HERE / "text_datasets.py", os.environ["MLPIPELINES_DATASETS"], str(folder)], check=True)
        rows = []
        for name in arguments.sets.split(","):
            rows.append(compare(name, folder, arguments.runs))
            print(rows[-1], flush=True)
    write("text-classification", [
        "# Text classification against scikit-learn", "",
        f"{{when}}; seed 1; medians of {arguments.runs} runs in turn after a warm-up; seconds of whole processes",
        "(load, fit, evaluate, save). scikit-learn: TfidfVectorizer and LinearSVC with the more accurate of its features.", "",
        f"    bench/text_classification.py --runs {arguments.runs}", "",
        "| set | accuracy | macro F1 | log loss | seconds | peak MB | model MB | scikit-learn accuracy | its seconds | time ratio |",
        "|---|---|---|---|---|---|---|---|---|---|", *rows])


if __name__ == "__main__":
    main()
