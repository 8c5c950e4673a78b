"""Writes the public text sets as CSV files with the columns text and label, split as published or, without a published split,
80/20 with a fixed seed.

usage: text_datasets.py DATASETS_DIR OUTPUT_DIR
"""
import csv
import gzip
import io
import json
import pathlib
import random
import sys
import tarfile
import zipfile

source, target = pathlib.Path(sys.argv[1]) / "text", pathlib.Path(sys.argv[2])
target.mkdir(parents=True, exist_ok=True)


def write(name, rows):
    with open(target / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["text", "label"])
        writer.writerows(rows)


def write_split(name, rows, seed=1):
    random.Random(seed).shuffle(rows)
    test = len(rows) // 5
    write(f"{name}-test", rows[:test])
    write(f"{name}-train", rows[test:])


def columns(file, text, label):
    return [(row[text], row[label]) for row in csv.DictReader(file)]


def newsgroups():
    parts = {"train": [], "test": []}
    with tarfile.open(source / "20news-bydate.tar.gz") as tar:
        for member in tar:
            if not member.isfile():
                continue
            post = tar.extractfile(member).read().decode("latin-1")
            # Headers say the group outright; the body starts after the first empty line.
            body = post.partition("\n\n")[2] or post
            folder = pathlib.PurePosixPath(member.name).parts
            parts["train" if "train" in folder[-3] else "test"].append((body.replace("\0", " "), folder[-2]))
    for part, rows in parts.items():
        write(f"20news-{part}", rows)


with gzip.open(source / "banking77/train.csv.gz", "rt", encoding="utf-8", newline="") as file:
    write("banking77-train", columns(file, "text", "category"))
with open(source / "banking77/test.csv", encoding="utf-8", newline="") as file:
    write("banking77-test", columns(file, "text", "category"))
with gzip.open(source / "clinc150/data_full.json.gz", "rt") as file:
    clinc = json.load(file)
write("clinc150-train", clinc["train"])
write("clinc150-test", clinc["test"])
newsgroups()
with gzip.open(source / "chinese/ChnSentiCorp_htl_all.csv.gz", "rt", encoding="utf-8", newline="") as file:
    write_split("hotel", columns(file, "review", "label"))
with zipfile.ZipFile(source / "chinese/online_shopping_10_cats.zip") as archive:
    with io.TextIOWrapper(archive.open(archive.namelist()[0]), encoding="utf-8", newline="") as file:
        write_split("shopping", columns(file, "review", "cat"))
