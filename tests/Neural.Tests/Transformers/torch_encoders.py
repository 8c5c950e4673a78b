# Writes torch_encoders.json: for each encoder the names and shapes of its parameters, what it makes of some texts, and for the derivative of
# sum(output * weights) by each parameter its product with three vectors, as PyTorch computes them. Parameters, weights and vectors are not in the
# file: they follow from their numbers by hash(), here and in EncoderTests.
#   /usr/bin/python3 torch_encoders.py   (python3-torch 1.13)
import json
import os
import sys

import numpy as np
import torch

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "../../../bench/peers"))
from encoders import LAYERS, Bert, NasBert  # noqa: E402


def hash(count, number):
    """count numbers from -1 to before 1."""
    with np.errstate(over="ignore"):
        h = np.arange(count, dtype=np.uint32) * np.uint32(2654435761) + np.uint32(number) * np.uint32(40503)
        for _ in range(2):
            h = (h ^ (h >> np.uint32(16))) * np.uint32(0x45D9F3B)
        h ^= h >> np.uint32(16)
    return torch.tensor((h / 2.0 ** 31 - 1).astype(np.float32))


def fill(network):
    for number, (name, parameter) in enumerate(sorted(network.state_dict().items())):
        values = hash(parameter.numel(), number).reshape(parameter.shape)
        if parameter.dim() > 1:
            fan = parameter[0].numel()
            values = values * (1.0 if "mbedding" in name else float(np.float32(np.sqrt(3 / fan))))
        else:
            values = values * np.float32(0.2) + (1 if name.endswith("weight") else 0)
        parameter.copy_(values)


def case(network, texts, segments=None):
    network.eval()
    with torch.no_grad():
        fill(network)
    length, padding = max(len(text) for text in texts), network.padding
    ids = torch.tensor([text + [padding] * (length - len(text)) for text in texts])
    output = network(ids, segments)
    present = (ids != padding).unsqueeze(2)
    weights = hash(output.numel(), 1000).reshape(output.shape) * present
    (output * weights).sum().backward()
    parameters = []
    for name, parameter in sorted(network.named_parameters()):
        gradient = parameter.grad if parameter.grad is not None else torch.zeros_like(parameter)
        products = [float((gradient.double().flatten() * hash(gradient.numel(), 2000 + i).double()).sum()) for i in range(3)]
        parameters.append({"name": name, "shape": list(parameter.shape), "norm": float(gradient.double().norm()), "products": [float(f"{p:.8g}") for p in products]})
    return {
        "texts": texts,
        "segments": None if segments is None else segments.flatten().tolist(),
        "output": [float(f"{float(v):.7g}") for v in output[present.expand_as(output)]],
        "parameters": parameters,
    }


A, B, C = [0, 5, 9, 3, 7, 2], [0, 8, 4, 6, 5, 9, 2, 7, 3, 2], [0, 9, 2]
one = {number: [number, 0, 0, 0] for number in (1, 2, 3, 4, 5)}
cases = {
    "nas-bert attention": case(NasBert(10, one[1], positions=16), [A, B]),
    "nas-bert feed-forward": case(NasBert(10, one[2], positions=16), [A, B]),
    "nas-bert convolution 3": case(NasBert(10, one[3], positions=16), [A, B, C]),
    "nas-bert convolution 5": case(NasBert(10, one[4], positions=16), [A, B, C]),
    "nas-bert convolution 7": case(NasBert(10, one[5], positions=16), [A, B, C]),
    "nas-bert not padded": case(NasBert(10, [3, 5, 1, 2], positions=16), [A, A[::-1]]),
    "nas-bert of several widths": case(NasBert(10, [5, 1, 9, 7, 0, 0, 3, 2], embedding=128, positions=16), [A, B]),
    "nas-bert": case(NasBert(10, LAYERS), [A, B, C]),
    "bert": case(Bert(10, 32, 2, 4, 48, positions=12, padding=1), [A, B], torch.tensor([[0] * 4 + [1] * 6, [0] * 5 + [1] * 5])),
    "bert without segments": case(Bert(10, 64, 1, 2, 32, positions=12, padding=1, activation="relu", segments=1), [A, B, C]),
    "roberta": case(Bert(10, 32, 2, 1, 48, positions=14, padding=1, first=2, epsilon=1e-5, activation="gelu_new", segments=1), [A, A[::-1]]),
}
with open(os.path.join(here, "torch_encoders.json"), "w") as file:
    json.dump(cases, file, separators=(",", ":"))
