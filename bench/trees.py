"""Compares gradient boosting with XGBoost's and scikit-learn's: seconds of a fit, and the loss on test rows.

usage: trees.py [--runs 3] [--threads 2] [--only NAME,NAME] [--large]

200 trees of 63 leaves, learning rate 0.1, the same numbers for all: categories as codes in the order of their names; ours once more with them as categories.
XGBoost grows by tree_method=hist, grow_policy=lossguide. --large takes 1,000,000 generated rows of 50 features and 100 trees. Needs MLPIPELINES_DATASETS,
`dotnet build -c Release bench/Programs`, and a Python with scikit-learn, xgboost and pandas (PYTHON, by default /usr/bin/python3). Programs run in turn, `--runs` times.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import tempfile

import numpy as np
import pandas as pd

from comparison import HERE, PYTHON, timed, write

PROGRAMS = HERE / "Programs/bin/Release/net10.0/programs"
DATA = pathlib.Path(os.environ.get("MLPIPELINES_DATASETS", "."), "tabular")
LARGE = "generated, 1,000,000 × 50"


def split(table):
    """Every fifth row of a fixed order is for the test."""
    order = np.random.RandomState(1).permutation(len(table))
    return table.iloc[order[len(table) // 5:]], table.iloc[order[:len(table) // 5]]


def adult():
    def part(name):
        table = pd.read_csv(DATA / f"adult/adult-{name}.txt.gz", skipinitialspace=True, na_values="?")
        table.columns = [*table.columns[:8], "ethnicity", *table.columns[9:-1], "label"]
        table["label"] = table["label"].astype(str).str.rstrip(".").astype(float)
        return table
    return part("train"), part("test"), "label", 2


def credit():
    return *split(pd.read_csv(DATA / "uci-credit-card-default.csv.gz").drop(columns=["ID"], errors="ignore")), "class", 2


def letter():
    return *split(pd.read_csv(DATA / "mlwr/letterdata.csv.gz")), "letter", 26


def housing():
    return *split(pd.read_csv(DATA / "california-housing.csv.gz")), "median_house_value", 0


def taxi():
    return *(pd.read_csv(DATA / f"taxi-fare/taxi-fare-{part}.csv.gz") for part in ("train", "test")), "fare_amount", 0


SETS = {"adult": adult, "credit-card default": credit, "letter": letter, "california-housing": housing, "taxi-fare": taxi}


def make(name, folder):
    """Writes both parts as numbers of four bytes; returns their paths, the number of classes and the columns that are categories."""
    train, test, label, classes = SETS[name]()
    label = next(column for column in train.columns if column.lower() == label)
    test.columns = train.columns
    both = pd.concat([train, test])
    codes = {}
    for column in both.columns:
        if pd.api.types.is_numeric_dtype(both[column]):
            continue
        codes[column] = sorted(both[column].dropna().unique())
    features = [column for column in train.columns if column != label]
    paths = []
    for part, table in (("train", train), ("test", test)):
        columns = [pd.Categorical(table[c], codes[c]).codes.astype(np.float32) if c in codes else table[c].to_numpy(np.float32) for c in [*features, label]]
        for i, c in enumerate([*features, label]):
            if c in codes:
                columns[i][columns[i] < 0] = np.nan
        path = folder / f"{part}.bin"
        np.ascontiguousarray(np.stack(columns, axis=1)).tofile(path)
        path.with_suffix(".txt").write_text(f"{len(table)} {len(features)}\n", encoding="utf-8")
        paths.append(path)
    return paths, classes, ",".join(str(features.index(c)) for c in codes if c != label)


def measure(name, paths, classes, trees, categories, arguments):
    inner = "1" if name == LARGE else "5"
    mine = [PROGRAMS, "trees", *paths, str(classes), str(trees), inner, str(arguments.threads)]
    theirs = [str(classes), str(trees), "1" if name == LARGE else "3", str(arguments.threads)]
    commands = {"ours": mine, "categories": [*mine, categories] if categories else None,
                "xgboost": [PYTHON, HERE / "peers/trees.py", "xgboost", *paths, *theirs], "sklearn": [PYTHON, HERE / "peers/trees.py", "sklearn", *paths, *theirs]}
    found = {key: [] for key, command in commands.items() if command}
    for _ in range(arguments.runs):
        for key in found:
            found[key].append([float(word) for word in timed(commands[key])[1].split()])
    middle = {key: [statistics.median(column) for column in zip(*values)] for key, values in found.items()}
    print(name, middle, flush=True)
    cells = [f"{middle[key][0]:.2f} s, {middle[key][1]:.4f}" if key in middle else "" for key in ("ours", "categories", "xgboost", "sklearn")]
    ratios = [statistics.median(a[0] / b[0] for a, b in zip(found["ours"], found[key])) for key in ("xgboost", "sklearn")]
    best = min(middle["xgboost"][1], middle["sklearn"][1])
    return f"| {name} | {' | '.join(cells)} | {ratios[0]:.2f} | {ratios[1]:.2f} | {100 * (middle['ours'][1] / best - 1):+.1f} % |", middle


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", default="")
    parser.add_argument("--large", action="store_true")
    arguments = parser.parse_args()
    rows, notes = [], []
    for name in SETS:
        if arguments.only and name not in arguments.only.split(","):
            continue
        with tempfile.TemporaryDirectory() as folder:
            paths, classes, categories = make(name, pathlib.Path(folder))
            rows.append(measure(name, paths, classes, 200, categories, arguments)[0])
    if arguments.large:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "train.bin")
            subprocess.run([PROGRAMS, "trees-table", path, "1000000", "50"], check=True)
            row, middle = measure(LARGE, [path, path], 2, 100, "", arguments)
            rows.append(row)
            notes = ["", f"The generated table has 50 MB of bins; learning held {middle['ours'][2]:.0f} MB at most besides the features and labels that it was given."]
    write("trees", [
        "# Gradient boosting against XGBoost and scikit-learn", "",
        f"{{when}}, {arguments.threads} threads; 200 trees (100 of the generated table) of 63 leaves, learning rate 0.1; medians of {arguments.runs} runs in turn; seconds of a fit from",
        "a matrix in memory, and the log loss or root of the mean squared error of the test rows (of the generated table, the training rows).", "",
        "    bench/trees.py" + (" --large" if arguments.large else "") + f" --runs {arguments.runs}", "",
        "| data | MLPipelines | with categories | XGBoost | scikit-learn | time / XGBoost | time / scikit-learn | loss against the better |",
        "|---|---|---|---|---|---|---|---|", *rows, *notes])


if __name__ == "__main__":
    main()
