"""Compares `mlp automl` with XGBoost as it comes and with a random search over scikit-learn's HistGradientBoosting for the same time.

usage: automl.py [--seconds 60] [--seed 1] [--sets "adult,telco churn"]

Needs MLPIPELINES_DATASETS, `dotnet build -c Release src/Cli`, and a Python with scikit-learn, pandas and xgboost (PYTHON, by default /usr/bin/python3). The metric is that of
test rows that no choice saw: the area under the ROC curve, or the root of the mean squared error. The last columns are of `mlp automl --train-time 1`.
"""
import argparse
import json
import pathlib
import subprocess
import tempfile
import time

from comparison import HERE, PYTHON, write
import tabular_datasets

MLP = HERE.parent / "src/Cli/bin/Release/net10.0/mlp"
METRICS = {"classification": "auc", "regression": "rmse"}


def ours(train, test, label, task, seconds, seed, folder):
    """The metric on the test rows, the trials, and the seconds of the whole process."""
    start = time.perf_counter()
    output = subprocess.run([str(part) for part in (
        MLP, "automl", task, "--dataset", train, "--test-dataset", test, "--label-col", label, "--train-time", seconds, "--metric", METRICS[task], "--seed", seed,
        "--output", pathlib.Path(folder, "winner.zip"), "--store", pathlib.Path(folder, "runs.db"), "--json")], check=True, capture_output=True, text=True).stdout
    took, result = time.perf_counter() - start, json.loads(output.strip().splitlines()[-1])
    return result["metrics"][METRICS[task]], len(result["leaderboard"]), took, result.get("trainer", "")


def theirs(peer, train, test, label, task, seconds, seed):
    output = subprocess.run([str(part) for part in (PYTHON, HERE / "peers/automl.py", peer, train, test, label, task, seconds, seed)], check=True, capture_output=True, text=True).stdout
    metric, trials = output.split()
    return float(metric), int(trials)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sets", default=",".join(tabular_datasets.SETS))
    arguments = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments.sets.split(","):
            train, test, label, task = tabular_datasets.write(name, folder)
            found, trials, took, trainer = ours(train, test, label, task, arguments.seconds, arguments.seed, folder)
            xgboost, _ = theirs("xgboost", train, test, label, task, 0, arguments.seed)
            searched, searches = theirs("search", train, test, label, task, arguments.seconds, arguments.seed)
            quick, _, quick_took, _ = ours(train, test, label, task, 1, arguments.seed, folder)
            rows.append(f"| {name} | {METRICS[task]} | **{found:.5g}** ({trainer}, {trials} trials, {took:.1f} s) | {xgboost:.5g} | {searched:.5g} ({searches} trials) | {quick:.5g} in {quick_took:.1f} s |")
            print(rows[-1], flush=True)
    write("automl", [
        "# AutoML against XGBoost and a random search", "",
        f"{{when}}; seed {arguments.seed}; {arguments.seconds} s each for `mlp automl` and for a random search over scikit-learn's HistGradientBoosting; XGBoost with its defaults, `tree_method=hist`.", "",
        f"    bench/automl.py --seconds {arguments.seconds} --seed {arguments.seed}", "",
        "| data | metric on test rows | mlp automl | XGBoost | random search | mlp automl --train-time 1 |", "|---|---|---|---|---|---|", *rows])


if __name__ == "__main__":
    main()
