"""Writes samples.txt: pictures of the public data sets and the SHA-256 of the pixels (red, green, blue, by row) that libjpeg-turbo 2.1.5
makes of them (through Pillow 9.4).

    /usr/bin/python3 make_samples.py "$MLPIPELINES_DATASETS/images"
"""
import glob
import hashlib
import io
import os
import sys
import tarfile

from PIL import Image


def line(name, data):
    return f"{name} {hashlib.sha256(Image.open(io.BytesIO(data)).convert('RGB').tobytes()).hexdigest()}\n"


def main(root):
    with open("samples.txt", "w") as file:
        for path in sorted(glob.glob(os.path.join(root, "flowers/*/*/*.jpg")))[::10]:
            file.write(line(os.path.relpath(path, root), open(path, "rb").read()))
        with tarfile.open(os.path.join(root, "cifar10/cifar10-test-jpg.tar.gz")) as tar:
            members = sorted((member for member in tar if member.isfile()), key=lambda member: member.name)
            for member in members[::250]:
                file.write(line(member.name, tar.extractfile(member).read()))


main(sys.argv[1])
