# Writes torch_layers.json: for each layer its input, parameters by name, output, and the derivatives of sum(output * weights) by the
# input and the parameters, as PyTorch computes them. Images and sequences have their features last here; PyTorch's are turned.
#   /usr/bin/python3 torch_layers.py   (python3-torch 1.13)
import json
import os
import torch
from torch import nn

torch.manual_seed(3)
cases = {}


def images(x):
    return x.permute(0, 3, 1, 2)


def last(x):
    return x.permute(0, 2, 3, 1) if x.dim() == 4 else x.permute(0, 2, 1)


class Turned(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return last(self.inner(images(x) if x.dim() == 4 else x.permute(0, 2, 1)))


def case(name, layer, x, turned=False, train=True):
    layer.train(train)
    for parameter in layer.parameters():
        parameter.data = torch.randn_like(parameter) * 0.4
    for buffer_name, buffer in layer.named_buffers():
        if "var" in buffer_name:
            buffer.copy_(torch.rand_like(buffer) + 0.5)
    before = {k: v.clone() for k, v in layer.state_dict().items()}
    x = x.clone().requires_grad_(x.is_floating_point())
    output = (Turned(layer) if turned else layer)(x)
    output = output[0] if isinstance(output, tuple) else output
    weights = torch.randn_like(output)
    (output * weights).sum().backward()
    cases[name] = {
        "inputs": [tensor(x)] + [dict(tensor(v), name=k) for k, v in before.items()],
        "output": tensor(output),
        "weights": tensor(weights),
        "gradients": [tensor(x.grad) if x.grad is not None else None] + [tensor(dict(layer.named_parameters())[k].grad) if k in dict(layer.named_parameters()) else None for k in before],
        "after": [dict(tensor(v), name=k) for k, v in layer.state_dict().items() if k not in dict(layer.named_parameters())],
    }


def tensor(x):
    x = x.detach()
    values = [int(v) for v in x.flatten()] if not x.is_floating_point() else [float(f"{float(v):.7g}") for v in x.flatten()]
    return {"shape": list(x.shape), "values": values, "type": "float" if x.is_floating_point() else "index"}


class Attention(nn.MultiheadAttention):
    def forward(self, x):
        return super().forward(x, x, x, need_weights=False)[0]


class Past(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm2d(3)

    def forward(self, x):
        return (self.norm(x) + x).relu()


def apart(*shape):
    """Numbers that differ by more than differences are wide."""
    return (torch.randperm(torch.Size(shape).numel()).float().reshape(shape) - 20) / 10


r = torch.randn
case("linear", nn.Linear(3, 2), r(4, 3))
case("conv2d", nn.Conv2d(2, 3, 3, padding=1), r(2, 5, 4, 2), turned=True)
case("conv2d strided", nn.Conv2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2), groups=2, bias=False), r(2, 6, 5, 4), turned=True)
case("conv2d depthwise", nn.Conv2d(3, 3, 3, padding=1, groups=3), r(1, 4, 4, 3), turned=True)
case("conv1d", nn.Conv1d(2, 3, 3, stride=2, padding=1), r(2, 7, 2), turned=True)
case("batch norm", nn.BatchNorm2d(3), r(2, 3, 2, 3) + 1, turned=True)
torch.manual_seed(6)
case("batch norm rectified", nn.Sequential(nn.BatchNorm2d(3), nn.ReLU()), r(2, 2, 2, 3) + 1.3, turned=True)
case("batch norm added", Past(), r(2, 3, 2, 3) + 1, turned=True)
case("batch norm known", nn.BatchNorm2d(3), r(2, 2, 2, 3), turned=True, train=False)
case("layer norm", nn.LayerNorm(5), r(3, 5))
case("group norm", nn.GroupNorm(2, 4), r(2, 3, 2, 4), turned=True)
case("embedding", nn.Embedding(5, 3), torch.tensor([[1, 4, 1], [0, 2, 2]]))
case("max pool", nn.MaxPool2d(2), apart(2, 5, 4, 2), turned=True)
case("max pool padded", nn.MaxPool2d(3, stride=2, padding=1), apart(1, 5, 6, 2), turned=True)
case("average pool", nn.AvgPool2d(3, stride=2, padding=1), r(1, 5, 6, 2), turned=True)
case("attention", Attention(4, 2, batch_first=True), r(2, 3, 4))
case("lstm", nn.LSTM(3, 2, batch_first=True), r(2, 4, 3))
case("lstm deep", nn.LSTM(3, 2, num_layers=2, bidirectional=True, batch_first=True), r(2, 3, 3))
case("gru", nn.GRU(3, 2, batch_first=True), r(2, 4, 3))
case("gru deep", nn.GRU(2, 2, num_layers=2, bidirectional=True, batch_first=True), r(2, 3, 2))

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "torch_layers.json")
with open(path, "w") as file:
    file.write("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(value, separators=(',', ':'))}" for name, value in cases.items()) + "\n}\n")
