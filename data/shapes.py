#!/usr/bin/env python3
"""Writes shapes/{circle,star,triangle}/NN.png: drawn shapes to try image classification on.

Each picture has 32 by 32 pixels: one filled shape of random size, place, turn and colour before a background that goes from one random
colour to another. Python's standard library is enough; the same Python version writes the same bytes.
"""
import math
import pathlib
import random
import struct
import zlib

FOLDER = pathlib.Path(__file__).parent / "shapes"
SIDE, SAMPLES, COUNT = 32, 4, 40


def corners(shape, turn):
    """The corners of a polygon around the origin within the unit circle."""
    if shape == "triangle":
        return [(math.sin(turn + i * math.tau / 3), math.cos(turn + i * math.tau / 3)) for i in range(3)]
    return [((1 if i % 2 == 0 else 0.4) * math.sin(turn + i * math.tau / 10), (1 if i % 2 == 0 else 0.4) * math.cos(turn + i * math.tau / 10))
            for i in range(10)]


def covers(polygon, x, y):
    """Whether a point is inside: whether a ray from it crosses the edges an odd number of times."""
    inside = False
    for (ax, ay), (bx, by) in zip(polygon, polygon[1:] + polygon[:1]):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            inside = not inside
    return inside


def distinct_color(rng, others):
    while True:
        color = [rng.randrange(256) for _ in range(3)]
        if all(sum(abs(a - b) for a, b in zip(color, other)) > 220 for other in others):
            return color


def picture(rng, shape):
    """Rows of pixels, each red, green and blue."""
    first = [rng.randrange(256) for _ in range(3)]
    last = [min(255, max(0, c + rng.randrange(-60, 61))) for c in first]
    color = distinct_color(rng, [first, last])
    radius = rng.uniform(7, 14)
    centre_x, centre_y = (rng.uniform(radius, SIDE - radius) for _ in range(2))
    polygon = None if shape == "circle" else corners(shape, rng.uniform(0, math.tau))
    rows = []
    for y in range(SIDE):
        row = []
        for x in range(SIDE):
            covered = 0
            for sample in range(SAMPLES * SAMPLES):
                sx = (x + (sample % SAMPLES + 0.5) / SAMPLES - centre_x) / radius
                sy = (y + (sample // SAMPLES + 0.5) / SAMPLES - centre_y) / radius
                covered += sx * sx + sy * sy < 1 if polygon is None else covers(polygon, sx, sy)
            share = covered / SAMPLES ** 2
            behind = [a + (b - a) * y / (SIDE - 1) for a, b in zip(first, last)]
            row += [round(share * c + (1 - share) * b) for c, b in zip(color, behind)]
        rows.append(row)
    return rows


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(rows):
    lines = b"".join(b"\1" + bytes((value - (row[i - 3] if i >= 3 else 0)) % 256 for i, value in enumerate(row)) for row in rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")


def main():
    rng = random.Random(1)
    for shape in ["circle", "star", "triangle"]:
        folder = FOLDER / shape
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, COUNT + 1):
            (folder / f"{number:02}.png").write_bytes(png(picture(rng, shape)))


main()
