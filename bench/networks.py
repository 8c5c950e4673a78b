#!/usr/bin/env python3
"""Small networks in PyTorch: images per second of whole training steps, and the time of one prediction.

    OMP_NUM_THREADS=2 /usr/bin/python3 bench/networks.py [--only NAME] [--seconds 6]

Each network is trained on one batch of random images again and again: forward, loss, backward and the optimizer's step, nothing
else. The number printed is the median over the steps after a warm-up; a prediction is one image with gradients off, the median
of many. The networks, layer by layer:

    small-28        28x28x1    3 x (convolution 3x3, ReLU, max pooling 2x2) with 32, 64, 128 channels, linear to 10; Adam
    small-32        32x32x3    the same
    separable-32    32x32x3    convolution 3x3 to 32, batch norm, ReLU; blocks of (depthwise 3x3, batch norm, ReLU, 1x1, batch norm, ReLU)
                               of (channels, stride) 64,1 128,2 128,1 256,2 256,1 512,2 512,1; mean over the image, linear to 10; SGD
    resnet18-32     32x32x3    ResNet-18 for small images: convolution 3x3 to 64 instead of 7x7 and pooling, stages of two basic blocks with
                               64, 128, 256, 512 channels, strides 1, 2, 2, 2; mean over the image, linear to 10; SGD

SGD has learning rate 0.05, momentum 0.9 and weight decay 0.0005; Adam 0.001. Convolutions before batch normalization have no bias.
"""
import argparse
import json
import statistics
import time

import torch
from torch import nn

BATCH = 64


def small(channels, side):
    layers = []
    for width in (32, 64, 128):
        layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        channels, side = width, side // 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels * side * side, 10))


def normalized(channels, out, kernel, stride=1, groups=1):
    return [nn.Conv2d(channels, out, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(out)]


def separable():
    layers, channels = [*normalized(3, 32, 3), nn.ReLU()], 32
    for out, stride in ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1)):
        layers += [*normalized(channels, channels, 3, stride, channels), nn.ReLU(), *normalized(channels, out, 1), nn.ReLU()]
        channels = out
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10))


class Block(nn.Module):
    def __init__(self, channels, out, stride):
        super().__init__()
        self.body = nn.Sequential(*normalized(channels, out, 3, stride), nn.ReLU(), *normalized(out, out, 3))
        self.shortcut = nn.Sequential(*normalized(channels, out, 1, stride)) if stride != 1 or channels != out else nn.Identity()

    def forward(self, x):
        return torch.relu(self.body(x) + self.shortcut(x))


def resnet18():
    layers, channels = [*normalized(3, 64, 3), nn.ReLU()], 64
    for out, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        layers += [Block(channels, out, stride), Block(out, out, 1)]
        channels = out
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10))


NETWORKS = {
    "small-28": (lambda: small(1, 28), (1, 28, 28), "adam"),
    "small-32": (lambda: small(3, 32), (3, 32, 32), "adam"),
    "separable-32": (separable, (3, 32, 32), "sgd"),
    "resnet18-32": (resnet18, (3, 32, 32), "sgd"),
}


def median_seconds(work, seconds, least=5):
    for _ in range(3):
        work()
    times, end = [], time.perf_counter() + seconds
    while len(times) < least or time.perf_counter() < end:
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), min(times)


def measure(name, seconds, channels_last):
    make, shape, optimizer = NETWORKS[name]
    torch.manual_seed(1)
    network, images, labels = make(), torch.rand(BATCH, *shape), torch.randint(0, 10, (BATCH,))
    if channels_last:
        network, images = network.to(memory_format=torch.channels_last), images.to(memory_format=torch.channels_last)
    steps = (torch.optim.Adam(network.parameters(), lr=0.001) if optimizer == "adam"
             else torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9, weight_decay=0.0005))

    def step():
        steps.zero_grad()
        nn.functional.cross_entropy(network(images), labels).backward()
        steps.step()

    median, least = median_seconds(step, seconds)
    network.eval()
    with torch.no_grad():
        one = images[:1].clone()
        latency, least_latency = median_seconds(lambda: network(one), seconds / 3, 50)
    return {
        "network": name, "layout": "NHWC" if channels_last else "NCHW", "parameters": sum(p.numel() for p in network.parameters()),
        "imagesPerSecond": round(BATCH / median, 1), "best": round(BATCH / least, 1),
        "predictionMs": round(latency * 1e3, 3), "bestPredictionMs": round(least_latency * 1e3, 3),
    }


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", choices=NETWORKS, help="one network")
    options.add_argument("--seconds", type=float, default=6, help="seconds of training steps for each network")
    options.add_argument("--channels-last", action="store_true", help="PyTorch's channels-last layout, which is slower for most of these")
    chosen = options.parse_args()
    for name in [chosen.only] if chosen.only else NETWORKS:
        print(json.dumps(measure(name, chosen.seconds, chosen.channels_last)), flush=True)


if __name__ == "__main__":
    main()
