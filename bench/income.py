"""Compares a pipeline of scaling, one-hot encoding and logistic regression with scikit-learn's, whole process against whole process.

usage: income.py [--rows 1000000] [--runs 5]

The adult data, its training rows repeated. Needs MLPIPELINES_DATASETS, `dotnet build -c Release bench/Programs`, and a Python with
scikit-learn and pandas (PYTHON, by default /usr/bin/python3). The two programs run in turn after a warm-up; medians are compared.
"""
import argparse
import gzip
import os
import pathlib
import tempfile

from comparison import HERE, PYTHON, in_turn, write

PROGRAMS = HERE / "Programs/bin/Release/net10.0/programs"
HEADER = ("age,workclass,fnlwgt,education,education-num,marital-status,occupation,relationship,race,sex,"
          "capital-gain,capital-loss,hours-per-week,native-country,label")


def make(part, rows, target):
    """One spelling for both parts: no spaces, and labels without a dot."""
    path = pathlib.Path(os.environ["MLPIPELINES_DATASETS"]) / f"tabular/adult/adult-{part}.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = [",".join(field.strip().rstrip(".") for field in line.split(",")) for line in file.read().splitlines()[1:] if line.strip()]
    lines = (lines * (rows // len(lines) + 1))[:rows] if rows else lines
    target.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return target


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        files = [make("train", arguments.rows, pathlib.Path(temporary, "train.csv")), make("test", 0, pathlib.Path(temporary, "test.csv"))]
        mine, peer, ratio, printed, peer_printed = in_turn([PROGRAMS, "income", *files], [PYTHON, HERE / "peers/sklearn_income.py", *files], arguments.runs)
    write("income", [
        "# Scaling, one-hot encoding and logistic regression against scikit-learn", "",
        f"{{when}}; the adult data, {arguments.rows:,} training rows by repetition, 16,281 test rows; medians of {arguments.runs} runs in turn",
        "after a warm-up; seconds of whole processes (read, fit, evaluate). scikit-learn: ColumnTransformer with StandardScaler and OneHotEncoder,",
        "LogisticRegression(solver=\"lbfgs\", max_iter=1000).", "",
        f"    bench/income.py --rows {arguments.rows} --runs {arguments.runs}", "",
        "| | accuracy, log loss | seconds |", "|---|---|---|",
        f"| MLPipelines | {printed} | {mine:.2f} |", f"| scikit-learn | {peer_printed} | {peer:.2f} |", "",
        f"Time ratio {ratio:.2f}."])


if __name__ == "__main__":
    main()
