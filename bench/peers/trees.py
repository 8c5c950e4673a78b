"""Gradient boosting with XGBoost or scikit-learn, as `programs trees` does it: prints the seconds of a fit and the loss on the test rows.

usage: trees.py xgboost|sklearn TRAIN TEST CLASSES TREES RUNS THREADS
"""
import os
import resource
import statistics
import sys
import time

library, train, test, classes, trees, runs, threads = sys.argv[1:3] + sys.argv[3:4] + [int(value) for value in sys.argv[4:]]
os.environ["OMP_NUM_THREADS"] = str(threads)

import numpy as np  # noqa: E402


def read(path):
    with open(os.path.splitext(path)[0] + ".txt", encoding="utf-8") as file:
        rows, columns = map(int, file.read().split())
    table = np.fromfile(path, dtype=np.float32).reshape(rows, columns + 1)
    return np.ascontiguousarray(table[:, :-1]), table[:, -1].copy()


def xgboost_model():
    import xgboost
    settings = dict(n_estimators=trees, max_leaves=63, max_depth=0, grow_policy="lossguide", learning_rate=0.1, tree_method="hist", n_jobs=threads, verbosity=0)
    return xgboost.XGBRegressor(**settings) if classes == 0 else xgboost.XGBClassifier(**settings)


def sklearn_model():
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    settings = dict(max_iter=trees, max_leaf_nodes=63, learning_rate=0.1, early_stopping=False)
    return HistGradientBoostingRegressor(**settings) if classes == 0 else HistGradientBoostingClassifier(**settings)


def loss(model, x, y):
    if classes == 0:
        return float(np.sqrt(np.mean((model.predict(x) - y.astype(np.float64)) ** 2)))
    p = model.predict_proba(x).astype(np.float64)
    return float(-np.mean(np.log(np.maximum(p[np.arange(len(y)), y.astype(int)], 1e-300))))


x, y = read(train)
tx, ty = read(test)
if classes > 0:
    y = y.astype(int)
seconds = []
for _ in range(runs):
    model = xgboost_model() if library == "xgboost" else sklearn_model()
    start = time.perf_counter()
    model.fit(x, y)
    seconds.append(time.perf_counter() - start)
if runs > 1:
    seconds = seconds[1:]
print(f"{statistics.median(seconds):.3f} {loss(model, tx, ty):.5f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.1f}")
