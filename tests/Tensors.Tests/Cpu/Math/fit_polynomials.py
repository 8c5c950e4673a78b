"""The polynomials of src/Tensors/Cpu/Lanes/LanesMath.cs: least squares at Chebyshev nodes, repeated with weights that grow where the error is greatest (Lawson 1961).

usage: /usr/bin/python3 fit_polynomials.py
"""
import numpy as np
from scipy import special

LEAST = np.sqrt(0.5)


def fit(name, function, low, high, powers, relative_to=None, fixed=None):
    nodes = (low + high) / 2 + (high - low) / 2 * np.cos(np.pi * (np.arange(4000) + 0.5) / 4000)
    nodes = nodes.astype(np.longdouble)
    values = function(nodes) - (fixed(nodes) if fixed else 0)
    scale = 1 / np.abs((relative_to or function)(nodes))
    columns = np.stack([nodes ** p for p in powers], 1)
    weights = np.ones(len(nodes))
    for _ in range(200):
        factor = (scale * np.sqrt(weights)).astype(float)
        solution = np.linalg.lstsq((columns * factor[:, None]).astype(float), (values * factor).astype(float), rcond=None)[0]
        error = np.abs((columns @ solution - values) * scale).astype(float)
        weights *= error / error.mean()
        weights /= weights.mean()
    rounded = solution.astype(np.float32)
    error = np.abs((columns @ rounded.astype(np.longdouble) - values) * scale)
    print(name, "greatest relative error with rounded coefficients 2^%.2f" % np.log2(float(error.max())))
    for power, coefficient in zip(powers, rounded):
        print(f"    x^{power}: {coefficient:.9e}f")


half_log2 = np.log(2) / 2 * 1.01
fit("exp(x) - 1 - x", np.exp, -half_log2, half_log2, range(2, 8), fixed=lambda x: 1 + x)
fit("log(1 + x) - x + x^2 / 2", lambda x: np.log1p(x), LEAST - 1, 2 * LEAST - 1, range(3, 12), fixed=lambda x: x - x * x / 2)
fit("tanh(x) - x", lambda x: np.tanh(x), 1e-3, 0.625, range(3, 14, 2), fixed=lambda x: x)
fit("erf(x) - x", lambda x: special.erf(x.astype(float)), 1e-3, 1, range(1, 14, 2), fixed=lambda x: x)
fit("-log(erfc(x)), weighted by erfc / erf", lambda x: -np.log(special.erfc(x.astype(float))), 0.98, 4.1, range(0, 9), relative_to=lambda x: special.erf(x.astype(float)) / special.erfc(x.astype(float)))
