#!/usr/bin/env python3
"""What pretraining on texts without labels is worth where labels are few: NAS-BERT on banking77 with a part of its labels, from an
encoder that was pretrained on the training texts of banking77, CLINC150 and 20 Newsgroups, and from scratch; the n-gram classifier
beside them.

usage: pretrained.py [--share 0.1] [--seeds 1,2,3] [--train-time 720] [--work DIR] [--validation]

Needs MLPIPELINES_DATASETS, `dotnet build -c Release src/Cli` and `dotnet build -c Release bench/Programs`. The encoder is pretrained
once, with the first seed; each seed draws other labelled rows, the same number of each intent, and other weights. With --validation nothing is
measured on the test set: a part of the training set, whose texts are then not learned from at all, takes its place. Settings were
chosen so.
"""
import argparse
import csv
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import tempfile

from comparison import HERE, PYTHON, timed, write

MLP = HERE.parent / "src/Cli/bin/Release/net10.0/mlp"
PROGRAMS = HERE / "Programs/bin/Release/net10.0/programs"

PRETRAINING = ["--architecture", "nas-bert", "--tokenizer", "word-pieces", "--vocabulary-size", "8000", "--max-tokens", "48", "--batch-size", "32", "--learning-rate", "1e-3"]
EPOCHS, RATE, SCRATCH_RATE = 40, 5e-4, 1e-3


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [(row["text"], row["label"]) for row in csv.DictReader(file)]


def save(path, table, heads=("text", "label")):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(table)
    return path


def labelled(train, share, seed):
    """The same share of each intent, drawn by the seed."""
    order = list(train)
    random.Random(seed).shuffle(order)
    wanted = {label: max(1, round(share * sum(1 for row in train if row[1] == label))) for label in {row[1] for row in train}}
    chosen = []
    for row in order:
        if wanted[row[1]] > 0:
            wanted[row[1]] -= 1
            chosen.append(row)
    return chosen


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=float, default=0.1)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--train-time", type=int, default=720)
    parser.add_argument("--work")
    parser.add_argument("--validation", action="store_true")
    arguments = parser.parse_args()
    seeds = [int(seed) for seed in arguments.seeds.split(",")]
    folder = pathlib.Path(arguments.work or tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([PYTHON, HERE / "text_datasets.py", os.environ["MLPIPELINES_DATASETS"], str(folder)], check=True)
    train, test = rows(folder / "banking77-train.csv"), rows(folder / "banking77-test.csv")
    if arguments.validation:
        random.Random(0).shuffle(train)
        train, test = train[1500:], train[:1500]
    test_file = save(folder / "measured.csv", test)
    texts = [save(folder / f"{name}-texts.csv", [(text,) for text, _ in table], ["text"])
             for name, table in (("banking77", train), ("clinc150", rows(folder / "clinc150-train.csv")), ("20news", rows(folder / "20news-train.csv")))]

    encoder = folder / "encoder"
    if encoder.exists():
        shutil.rmtree(encoder)
    seconds, printed = timed([MLP, "pretrain", "text", "--corpus", *texts, "--output", encoder, "--train-time", arguments.train_time,
                              "--seed", seeds[0], "--json", *PRETRAINING])
    learned = json.loads(printed)
    print(f"pretrained in {seconds:.0f} s: {learned['metrics']}", flush=True)

    table = []
    for seed in seeds:
        chosen = labelled(train, arguments.share, seed)
        train_file = save(folder / f"labelled-{seed}.csv", chosen)
        tuned = timed([PROGRAMS, "fine-tuned", train_file, test_file, encoder, EPOCHS, RATE, seed])[1].split()
        scratch = timed([PROGRAMS, "fine-tuned", train_file, test_file, "scratch", EPOCHS, SCRATCH_RATE, seed])[1].split()
        ngram = json.loads(timed([MLP, "train", "text-classification", "--dataset", train_file, "--test-dataset", test_file, "--label-col", "label",
                                  "--text-col", "text", "--seed", seed, "--store", "none", "--output", folder / "ngram.zip", "--json"])[1])
        table.append((seed, len(chosen), float(tuned[0]), float(scratch[0]), ngram["metrics"]["accuracy"], float(tuned[2]), float(scratch[2])))
        print(f"seed {seed}: {len(chosen)} labels; pretrained {tuned[0]}, from scratch {scratch[0]}, n-grams {table[-1][4]:.4f}", flush=True)
    means = [statistics.mean(row[column] for row in table) for column in (2, 3, 4)]
    print(f"means: {means[0]:.4f} {means[1]:.4f} {means[2]:.4f}; {100 * (means[0] - means[1]):.1f} points")
    if arguments.validation:
        return
    write("pretrained", [
        "# Pretraining where labels are few", "",
        f"{{when}}; banking77's test set ({len(test):,} texts), accuracy after learning from {100 * arguments.share:.0f} % of the labels. NAS-BERT was pretrained once, for {seconds:.0f} s, on {learned['texts']:,} different texts without",
        f"labels ({learned['tokens']:,} tokens): the training texts of banking77, CLINC150 and 20 Newsgroups. It guesses {100 * learned['metrics']['maskedAccuracy']:.1f} % of hidden tokens of held-out texts. All networks: {EPOCHS} passes.", "",
        f"    bench/pretrained.py --seeds {arguments.seeds} --train-time {arguments.train_time}", "",
        "| seed | labels | pretrained | from scratch | points | n-grams | seconds of fine-tuning |", "|---|---:|---:|---:|---:|---:|---:|",
        *[f"| {seed} | {count} | {tuned:.4f} | {scratch:.4f} | {100 * (tuned - scratch):.1f} | {ngram:.4f} | {time:.0f} |" for seed, count, tuned, scratch, ngram, time, _ in table],
        f"| mean | | {means[0]:.4f} | {means[1]:.4f} | {100 * (means[0] - means[1]):.1f} | {means[2]:.4f} | |"])


if __name__ == "__main__":
    main()
