"""Peers of `mlp automl`: XGBoost as it comes, and a random search over scikit-learn's HistGradientBoosting for as long.

    automl.py xgboost|search TRAIN.csv TEST.csv LABEL classification|regression SECONDS SEED

Prints the metric on the test rows: the area under the ROC curve, or the root of the mean squared error. Categories are codes; the search is told which columns they are.
"""
import sys
import time
import warnings

import numpy as np
import pandas as pd
import xgboost
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.metrics import mean_squared_error, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OrdinalEncoder

warnings.filterwarnings("ignore")
peer, train_path, test_path, label, task, seconds, seed = sys.argv[1:]
seconds, seed = float(seconds), int(seed)
is_class = task == "classification"


def read():
    train, test = pd.read_csv(train_path, skipinitialspace=True), pd.read_csv(test_path, skipinitialspace=True)
    y, y_test = train.pop(label), test.pop(label)
    if is_class:
        names = sorted(y.unique())
        y, y_test = y.map(names.index), y_test.map(names.index)
    categories = [column for column in train if train[column].dtype == object and train[column].nunique() <= 255]
    ignored = [column for column in train if train[column].dtype == object and column not in categories]
    train, test = train.drop(columns=ignored), test.drop(columns=ignored)
    if categories:
        encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
        train[categories] = encoder.fit_transform(train[categories].astype(str))
        test[categories] = encoder.transform(test[categories].astype(str))
    return train, y.to_numpy(), test, y_test.to_numpy(), [column in categories for column in train]


def loss(model, x, y):
    return -roc_auc_score(y, model.predict_proba(x)[:, 1]) if is_class else mean_squared_error(y, model.predict(x)) ** 0.5


def search(x, y, mask):
    random = np.random.default_rng(seed)
    kind = HistGradientBoostingClassifier if is_class else HistGradientBoostingRegressor
    fit_x, hold_x, fit_y, hold_y = train_test_split(x, y, test_size=0.2, random_state=seed, stratify=y if is_class else None)
    best, end, trials, longest = None, time.perf_counter() + seconds, 0, 0
    while True:
        start = time.perf_counter()
        # The winner is fitted again on all rows within the time.
        if best is not None and start + longest * 1.2 + best[2] * 1.25 > end:
            break
        settings = {
            "learning_rate": float(np.exp(random.uniform(np.log(0.01), np.log(0.3)))), "max_leaf_nodes": int(np.exp(random.uniform(np.log(8), np.log(256)))),
            "min_samples_leaf": int(np.exp(random.uniform(np.log(5), np.log(100)))), "l2_regularization": float(np.exp(random.uniform(np.log(1e-6), np.log(10)))),
            "max_iter": 1000, "early_stopping": True, "random_state": seed, "categorical_features": mask,
        }
        model = kind(**settings).fit(fit_x, fit_y)
        trials, took, found = trials + 1, time.perf_counter() - start, loss(model, hold_x, hold_y)
        longest = max(longest, took)
        if best is None or found < best[0]:
            best = (found, settings, took)
    return kind(**best[1]).fit(x, y), trials


x, y, x_test, y_test, mask = read()
if peer == "xgboost":
    model, trials = (xgboost.XGBClassifier if is_class else xgboost.XGBRegressor)(tree_method="hist", n_jobs=2).fit(x, y), 1
else:
    model, trials = search(x, y, mask)
print(abs(loss(model, x_test, y_test)), trials)
