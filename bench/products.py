"""Compares matrix products of single precision with OpenBLAS's kernels for AVX-512, which both take turns.

usage: products.py [--rounds 5] [--seconds 0.1] [--sizes 256,384,512,768,1024,2048]

Needs `dotnet build -c Release bench/Programs`, Debian's libopenblas0 (LIBOPENBLAS names another file) and a Python with numpy (PYTHON). What counts is the least time of many products of both
in several rounds, since whatever else runs only ever makes one slower; for one thread it is the processor's time.
"""
import argparse
import os
import subprocess

from comparison import HERE, PYTHON, write

OURS = HERE / "Programs/bin/Release/net10.0/programs"
ORDERS = {"nn": "A B", "nt": "A Bᵀ", "tn": "Aᵀ B"}
SHAPES = {"1 × 512 × 512, A Bᵀ": (1, 512, 512, "nt"), "1 × 512 × 512, A B": (1, 512, 512, "nn"), "64 × 10 × 1024, A Bᵀ": (64, 10, 1024, "nt"), "64 × 512 × 512, A Bᵀ": (64, 512, 512, "nt"),
          "512 × 768 × 768, A Bᵀ": (512, 768, 768, "nt"), "768 × 768 × 512, Aᵀ B": (768, 768, 512, "tn"), "64 × 64 × 64, A B": (64, 64, 64, "nn")}


class Program:
    """A process that answers shapes with seconds."""

    def __init__(self, command, threads):
        environment = os.environ | {"OPENBLAS_CORETYPE": "SkylakeX", "OPENBLAS_NUM_THREADS": str(threads)}
        self.process = subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)

    def least(self, rows, columns, depth, order, seconds):
        self.process.stdin.write(f"{rows} {columns} {depth} {order} {seconds}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.1)
    parser.add_argument("--sizes", default="256,384,512,768,1024,2048")
    arguments = parser.parse_args()
    shapes = {f"{n}³, {text}": (int(n), int(n), int(n), order) for n in arguments.sizes.split(",") for order, text in ORDERS.items()} | SHAPES
    lines = []
    for threads in sorted({1, os.cpu_count()}):
        programs = Program([OURS, "products", threads], threads), Program([PYTHON, HERE / "peers/products.py"], threads)
        for name, shape in shapes.items():
            ours, theirs = (min(times) for times in zip(*([program.least(*shape, arguments.seconds) for program in programs] for _ in range(arguments.rounds))))
            rates = [2 * shape[0] * shape[1] * shape[2] / seconds / 1e9 for seconds in (ours, theirs)]
            lines.append(f"| {threads} | {name} | {rates[0]:.0f} | {rates[1]:.0f} | **{theirs / ours:.2f}** |")
            print(lines[-1], flush=True)
    write("products", [
        "# Matrix products against OpenBLAS", "",
        "{when}; single precision; billions of additions and multiplications a second, from the least time of many (the processor's time for one thread); OpenBLAS with `OPENBLAS_CORETYPE=SkylakeX` (its AVX-512 kernels) and as many threads.", "",
        f"    bench/products.py --rounds {arguments.rounds} --seconds {arguments.seconds} --sizes {arguments.sizes}", "",
        "| threads | product | ours | OpenBLAS | ours / OpenBLAS |", "|---|---|---|---|---|", *lines])


if __name__ == "__main__":
    main()
