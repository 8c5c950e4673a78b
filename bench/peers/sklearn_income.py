"""Learns the adult data with scikit-learn: scaled numbers, one-hot categories, logistic regression.

usage: sklearn_income.py TRAIN.csv TEST.csv

The files have the adult data's columns and a label 0 or 1. Prints accuracy and log loss on the test file.
"""
import sys

import pandas
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NUMBERS = ["age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"]
CATEGORIES = ["workclass", "education", "marital-status", "occupation", "relationship", "race", "sex", "native-country"]

train, test = (pandas.read_csv(path) for path in sys.argv[1:])
features = ColumnTransformer([("number", StandardScaler(), NUMBERS), ("category", OneHotEncoder(handle_unknown="ignore"), CATEGORIES)])
model = make_pipeline(features, LogisticRegression(solver="lbfgs", max_iter=1000))
model.fit(train, train["label"])
probabilities = model.predict_proba(test)
print(f"{accuracy_score(test['label'], probabilities.argmax(axis=1)):.4f} {log_loss(test['label'], probabilities):.4f}")
