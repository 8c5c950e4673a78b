"""Writes variants.json: small JPEG files of many kinds and the SHA-256 of the pixels (red, green, blue, by row) that
libjpeg-turbo 2.1.5 makes of them (through Pillow 9.4).

    /usr/bin/python3 make_variants.py        with cjpeg of Debian's libjpeg-turbo-progs on the path
"""
import base64
import hashlib
import io
import json
import struct
import subprocess

import numpy
from PIL import Image, ImageFile

WIDTH, HEIGHT = 37, 23
ImageFile.LOAD_TRUNCATED_IMAGES = True


def picture():
    """A gradient with a disc, stripes and some noise."""
    y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    red = 255 * x / (WIDTH - 1)
    green = 128 + 100 * numpy.sin(x * 1.3) * (y > 11)
    blue = numpy.where((x - 20) ** 2 + (y - 9) ** 2 < 40, 230, 255 * y / (HEIGHT - 1) / 2)
    noise = numpy.random.RandomState(1).randint(-12, 13, (HEIGHT, WIDTH, 3))
    return Image.fromarray(numpy.clip(numpy.stack([red, green, blue], 2) + noise, 0, 255).astype(numpy.uint8))


def cjpeg(*options):
    source = io.BytesIO()
    picture().save(source, "PPM")
    return subprocess.run(["cjpeg", *options], input=source.getvalue(), capture_output=True, check=True).stdout


def segments(jpeg):
    """The marker segments before the first scan, and the rest."""
    found, at = [jpeg[:2]], 2
    while jpeg[at + 1] != 0xDA:
        end = at + 2 + struct.unpack(">H", jpeg[at + 2:at + 4])[0]
        found.append(jpeg[at:end])
        at = end
    return found, jpeg[at:]


def without(jpeg, marker):
    before, rest = segments(jpeg)
    return b"".join(segment for segment in before if segment[1] != marker) + rest


def cmyk(**options):
    target = io.BytesIO()
    picture().convert("CMYK").save(target, "JPEG", **options)
    return target.getvalue()


def variants():
    for sampling in ["1x1", "2x1", "1x2", "2x2", "4x1", "1x4", "4x2", "2x2,1x1,2x1", "1x1,2x2,1x2", "2x1,1x2,1x1"]:
        yield f"sampling {sampling}", cjpeg("-quality", "85", "-sample", sampling)
        yield f"progressive, sampling {sampling}", cjpeg("-quality", "85", "-sample", sampling, "-progressive")
    yield "quantizers of 16 bits", cjpeg("-quality", "2")
    yield "quality 100", cjpeg("-quality", "100", "-sample", "1x1")
    yield "optimized tables", cjpeg("-quality", "60", "-optimize")
    yield "restart after each unit", cjpeg("-restart", "1B")
    yield "restart after two rows", cjpeg("-restart", "2", "-sample", "1x1")
    yield "progressive with restarts", cjpeg("-progressive", "-restart", "2B")
    yield "grey", cjpeg("-grayscale")
    yield "grey, progressive", cjpeg("-grayscale", "-progressive")
    yield "red, green and blue", cjpeg("-rgb")
    yield "red, green and blue known by their letters", without(cjpeg("-rgb"), 0xEE)
    yield "without JFIF", without(cjpeg(), 0xE0)
    yield "standard tables left out", without(cjpeg("-sample", "2x1"), 0xC4)
    yield "inks", cmyk(quality=90)
    yield "inks, progressive", cmyk(quality=90, progressive=True)
    yield "inks without Adobe", without(cmyk(quality=90), 0xEE)
    adobe = bytearray(cmyk(quality=90))
    adobe[adobe.index(b"Adobe") + 11] = 2
    yield "inks as luminance and colours", bytes(adobe)
    whole = cjpeg()
    yield "without the end marker", whole[:-2]
    yield "with bytes after the end", whole + b"\0\xff\xd8\xff"
    before, rest = segments(whole)
    yield "with bytes between segments", b"".join(before) + b"\xff\xff" + rest[1:]


def main():
    rows = []
    for name, jpeg in variants():
        rgb = numpy.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB"))
        rows.append({"name": name, "width": rgb.shape[1], "height": rgb.shape[0],
                     "rgb": hashlib.sha256(rgb.tobytes()).hexdigest(), "jpeg": base64.b64encode(jpeg).decode()})
    with open("variants.json", "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


main()
