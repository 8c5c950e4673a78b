"""Reads lines "ROWS COLUMNS DEPTH nn|nt|tn|tt SECONDS" and answers each with the least seconds that OpenBLAS's sgemm took."""
import ctypes
import os
import sys
import time

import numpy as np

library = ctypes.CDLL(os.environ.get("LIBOPENBLAS", "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblas.so.0"))
ROW_MAJOR, PLAIN, TRANSPOSED = 101, 111, 112


def least(rows, columns, depth, order, seconds):
    random = np.random.default_rng(1)
    a, b = (random.random(size, dtype=np.float32) - 0.5 for size in (rows * depth, depth * columns))
    c = np.zeros(rows * columns, np.float32)
    left, right = (TRANSPOSED if side == "t" else PLAIN for side in order)
    arguments = (ROW_MAJOR, left, right, rows, columns, depth, ctypes.c_float(1), a.ctypes.data_as(ctypes.c_void_p), rows if order[0] == "t" else depth,
                 b.ctypes.data_as(ctypes.c_void_p), depth if order[1] == "t" else columns, ctypes.c_float(0), c.ctypes.data_as(ctypes.c_void_p), columns)
    # One thread is measured by the time that the processor gave it, some products at a time.
    alone = os.environ.get("OPENBLAS_NUM_THREADS") == "1"
    now, repeats = (time.process_time, int(min(max(2e8 / (rows * columns * depth), 1), 10_000))) if alone else (time.perf_counter, 1)
    best, start, runs = float("inf"), time.perf_counter(), 0
    while runs < 3 or time.perf_counter() - start < seconds:
        before = now()
        for _ in range(repeats):
            library.cblas_sgemm(*arguments)
        best = min(best, (now() - before) / repeats)
        runs += 1
    return best


for line in sys.stdin:
    rows, columns, depth, order, seconds = line.split()
    print(least(int(rows), int(columns), int(depth), order, float(seconds)), flush=True)
