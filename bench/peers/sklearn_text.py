"""Trains and scores a text classifier with scikit-learn: TfidfVectorizer and LinearSVC.

usage: sklearn_text.py TRAIN.csv TEST.csv (word | word-char | char)

The files have the columns text and label. word: words 1-2; word-char: words 1-2 and characters within words 2-5;
char: characters 1-3. All with sublinear_tf, defaults otherwise. Prints the accuracy on the test file.
"""
import csv
import sys

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.svm import LinearSVC


def read(path):
    csv.field_size_limit(1 << 30)
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], [row["label"] for row in rows]


WORD = ("word", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True))
WORD_CHAR = ("char", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True))
CHAR = ("char", TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True))
FEATURES = {"word": [WORD], "word-char": [WORD, WORD_CHAR], "char": [CHAR]}

train_path, test_path, features = sys.argv[1:]
texts, labels = read(train_path)
model = make_pipeline(FeatureUnion(FEATURES[features]), LinearSVC())
model.fit(texts, labels)
test_texts, test_labels = read(test_path)
print(f"{model.score(test_texts, test_labels):.4f}")
