#!/usr/bin/env python3
"""Writes convolutions.json: what PyTorch gives for small convolutions, poolings and batch normalizations, and their gradients.

usage: /usr/bin/python3 convolutions.py > convolutions.json      (made with PyTorch 1.13)

Numbers are not drawn but counted, so that the test can make them again: the i-th of a tensor is ((i * 37 + seed * 11) % 41 - 20) / 16.
Images are written with channels last.
"""
import json

import torch
from torch.nn import functional as F


def counted(seed, *shape):
    numbers = torch.arange(int(torch.tensor(shape).prod()))
    return ((numbers * 37 + seed * 11) % 41 - 20).float().reshape(shape) / 16


def image(seed, n, h, w, c):
    return counted(seed, n, h, w, c).permute(0, 3, 1, 2).clone().requires_grad_()


def flat(tensor, images=True):
    tensor = tensor.detach().permute(0, 2, 3, 1) if images else tensor.detach()
    return [float(f"{number:.7g}") for number in tensor.flatten()]


def backward(y):
    n, c, h, w = y.shape
    y.backward(counted(9, n, h, w, c).permute(0, 3, 1, 2))


def convolution(n, h, w, c, out, kernel, stride, padding, dilation, groups):
    x = image(1, n, h, w, c)
    weight, bias = counted(2, out, c // groups, *kernel).requires_grad_(), counted(3, out).requires_grad_()
    y = F.conv2d(x, weight, bias, stride, padding, dilation, groups)
    backward(y)
    return {"sizes": [n, h, w, c, out, *kernel, *stride, *padding, *dilation, groups], "output": flat(y), "inputGradient": flat(x.grad),
            "weightGradient": flat(weight.grad, False), "biasGradient": flat(bias.grad, False)}


def pooling(kind, n, h, w, c, window, stride, padding):
    x = image(1, n, h, w, c)
    y = F.max_pool2d(x, window, stride, padding) if kind == "max" else F.avg_pool2d(x, window, stride, padding, count_include_pad=kind == "mean")
    backward(y)
    return {"kind": kind, "sizes": [n, h, w, c, *window, *stride, *padding], "output": flat(y), "inputGradient": flat(x.grad)}


def normalization(n, h, w, c, training, rectified, added):
    x, other = image(1, n, h, w, c), image(4, n, h, w, c)
    scale, shift = counted(2, c).requires_grad_(), counted(3, c).requires_grad_()
    mean, variance = counted(5, c), counted(6, c).abs() + 0.5
    y = F.batch_norm(x, mean, variance, scale, shift, training, 0.1, 1e-5)
    y = y + other if added else y
    y = F.relu(y) if rectified else y
    backward(y)
    return {"sizes": [n, h, w, c], "training": training, "rectified": rectified, "added": added, "output": flat(y), "inputGradient": flat(x.grad),
            "addedGradient": flat(other.grad) if added else [], "scaleGradient": flat(scale.grad, False), "shiftGradient": flat(shift.grad, False),
            "runningMean": flat(mean, False), "runningVariance": flat(variance, False)}


print(json.dumps({
    "convolutions": [
        convolution(2, 4, 5, 3, 4, (3, 3), (1, 1), (1, 1), (1, 1), 1),
        convolution(1, 6, 5, 2, 3, (3, 3), (2, 2), (1, 1), (1, 1), 1),
        convolution(1, 7, 6, 4, 6, (3, 2), (1, 2), (2, 0), (2, 1), 2),
        convolution(1, 5, 5, 5, 5, (3, 3), (1, 1), (1, 1), (1, 1), 5),
        convolution(2, 1, 9, 3, 2, (1, 3), (1, 2), (0, 2), (1, 2), 1),
    ],
    "poolings": [
        pooling("max", 2, 4, 4, 3, (2, 2), (2, 2), (0, 0)),
        pooling("max", 1, 5, 6, 2, (3, 3), (2, 2), (1, 1)),
        pooling("mean", 1, 5, 6, 2, (3, 3), (2, 2), (1, 1)),
        pooling("meanInside", 1, 5, 6, 2, (3, 3), (2, 2), (1, 1)),
    ],
    "normalizations": [
        normalization(2, 2, 3, 5, True, False, False),
        normalization(2, 2, 3, 5, True, True, False),
        normalization(2, 2, 3, 5, True, True, True),
        normalization(2, 2, 3, 5, False, True, True),
    ],
}).replace('}, {', '},\n{').replace('": [{', '": [\n{'))
