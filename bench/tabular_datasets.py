"""The tabular sets that the comparisons of AutoML take, as CSV files with a header: a part to learn from and a part to test on."""
import csv
import gzip
import os
import pathlib
import random

WINE = ["fixed_acidity", "volatile_acidity", "citric_acid", "residual_sugar", "chlorides", "free_sulfur_dioxide", "total_sulfur_dioxide", "density", "pH", "sulphates", "alcohol", "quality"]


def read(name):
    path = pathlib.Path(os.environ["MLPIPELINES_DATASETS"], "tabular", name)
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", newline="") as file:
        return [[field.strip() for field in row] for row in csv.reader(file) if row]


def cut(rows, header=None):
    """A fifth of the rows, drawn by chance, is for testing."""
    header, rows = (header, rows) if header else (rows[0], rows[1:])
    random.Random(1).shuffle(rows)
    return header, rows[len(rows) // 5:], rows[:len(rows) // 5]


def adult():
    # The labels of the test part end with a dot.
    train, test = ([[*row[:-1], row[-1].rstrip(".")] for row in read(f"adult/adult-{part}.txt.gz")] for part in ("train", "test"))
    return [*train[0][:-1], "label"], train[1:], test[1:]


SETS = {
    "adult": ("label", "classification", adult),
    "telco churn": ("Churn", "classification", lambda: cut(read("telco-customer-churn.csv.gz"))),
    "california housing": ("median_house_value", "regression", lambda: cut(read("california-housing.csv.gz"))),
    "wine quality": ("quality", "regression", lambda: cut(read("uci/winequality-white.csv"), WINE)),
}


def write(name, folder):
    """Writes both parts of a set; gives their paths, the label and the task."""
    label, task, make = SETS[name]
    header, *parts = make()
    paths = [pathlib.Path(folder, f"{name.replace(' ', '-')}-{part}.csv") for part in ("train", "test")]
    for path, rows in zip(paths, parts):
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    return *paths, label, task
