# Writes torch_values.json: for each operation its inputs, output, and the derivatives of sum(output * weights) by the inputs, as
# PyTorch computes them.   /usr/bin/python3 torch_values.py   (python3-torch 1.13)
import json
import os
import torch
import torch.nn.functional as F

torch.manual_seed(1)
cases = {}


def normal(*shape):
    return torch.randn(shape, dtype=torch.float64).float()


def positive(*shape):
    return torch.rand(shape, dtype=torch.float64).float() + 0.5


def case(name, function, *inputs):
    leaves = [x.clone().requires_grad_(x.is_floating_point()) for x in inputs]
    output = function(*leaves)
    weights = normal(*output.shape)
    if output.requires_grad:
        (output * weights).sum().backward()
    cases[name] = {
        "inputs": [tensor(x) for x in inputs],
        "output": tensor(output),
        "weights": tensor(weights),
        "gradients": [tensor(x.grad) if x.grad is not None else None for x in leaves],
    }


def tensor(x):
    x = x.detach()
    values = [int(v) for v in x.flatten()] if not x.is_floating_point() else [float(f"{float(v):.7g}") for v in x.flatten()]
    return {"shape": list(x.shape), "values": values, "type": "float" if x.is_floating_point() else "index"}


case("add", lambda a, b: a + b, normal(2, 3, 4), normal(3, 1))
case("subtract", lambda a, b: a - b, normal(3, 1), normal(2, 3, 4))
case("multiply", lambda a, b: a * b, normal(2, 1, 4), normal(3, 1))
case("divide", lambda a, b: a / b, normal(2, 3), positive(3))
case("power", lambda a, b: a ** b, positive(2, 3), normal(2, 1))
case("maximum", torch.maximum, normal(3, 4), normal(4))
case("minimum", torch.minimum, normal(3, 4), normal(4))
case("clamp", lambda a: a.clamp(-0.5, 0.7), normal(3, 4))
case("where", lambda a, b: torch.where(a > b, a * 2, b), normal(3, 4), normal(4))
case("greater", lambda a, b: (a > b).float() + a * 0, normal(3, 4), normal(4))
case("negate", lambda a: -a, normal(3))
case("exp", torch.exp, normal(3, 4))
case("log", torch.log, positive(3, 4))
case("sqrt", torch.sqrt, positive(3, 4))
case("square", torch.square, normal(3, 4))
case("abs", torch.abs, normal(3, 4))
case("sin", torch.sin, normal(3, 4))
case("cos", torch.cos, normal(3, 4))
case("relu", F.relu, normal(3, 7))
case("gelu", F.gelu, normal(3, 7) * 2)
case("silu", F.silu, normal(3, 7) * 2)
case("tanh", torch.tanh, normal(3, 7) * 2)
case("sigmoid", torch.sigmoid, normal(3, 7) * 2)

case("sum", torch.sum, normal(3, 4))
case("sum of axes", lambda a: a.sum((0, 2)), normal(2, 3, 4, 2))
case("sum kept", lambda a: a.sum(-2, keepdim=True), normal(2, 3, 4))
case("mean", lambda a: a.mean((0, 1, 2)), normal(2, 3, 4, 2))
case("max", lambda a: a.max(1)[0], normal(2, 5, 3))
case("argmax", lambda a: a.argmax(1).float() + 0 * a.sum(1), normal(2, 5, 3))
case("variance", lambda a: a.var((0, 1)), normal(4, 3, 2))
case("log sum exp", lambda a: a.logsumexp(1), normal(3, 4, 2) * 3)
case("softmax", lambda a: a.softmax(-1), normal(3, 5) * 2)
case("softmax of an axis", lambda a: a.softmax(1), normal(2, 3, 4))
case("log softmax", lambda a: a.log_softmax(-1), normal(3, 5) * 2)

case("matmul", torch.matmul, normal(3, 4), normal(4, 5))
case("matmul of batches", torch.matmul, normal(2, 3, 4), normal(2, 4, 5))
case("matmul repeated", torch.matmul, normal(2, 1, 3, 4), normal(5, 4, 2))
case("matmul transposed", lambda a, b: a.transpose(-1, -2) @ b.transpose(-1, -2), normal(2, 4, 3), normal(2, 5, 4))
case("linear", F.linear, normal(2, 3, 4), normal(5, 4), normal(5))
case("linear with relu", lambda x, w, b: F.linear(x, w, b).relu(), normal(3, 4), normal(5, 4), normal(5))
case("linear with gelu", lambda x, w, b: F.gelu(F.linear(x, w, b)), normal(3, 4), normal(5, 4), normal(5))
case("linear without bias", F.linear, normal(3, 4), normal(5, 4))

case("reshape", lambda a: a.reshape(4, -1) * 2, normal(2, 3, 4))
case("transpose", lambda a: a.transpose(0, 2) * 2, normal(2, 3, 4))
case("permute", lambda a: a.permute(2, 0, 1) * 2, normal(2, 3, 4))
case("expand", lambda a: a.expand(2, 3, 4) * 2, normal(3, 1))
case("slice", lambda a: a[:, 1:3] * 2, normal(2, 4, 3))
case("select", lambda a: a[:, 2] * 2, normal(2, 4, 3))
case("concat", lambda a, b: torch.cat([a, b, a], 1), normal(2, 3, 2), normal(2, 1, 2))
case("stack", lambda a, b: torch.stack([a, b], -1), normal(2, 3), normal(2, 3))
case("split", lambda a: torch.split(a, [1, 3], 1)[0] * torch.split(a, [1, 3], 1)[1], normal(2, 4))
case("index select", lambda a, i: a.index_select(1, i), normal(2, 4, 3), torch.tensor([3, 0, 3]))
case("gather", lambda a, i: a.gather(1, i), normal(2, 4), torch.tensor([[3, 0, 3], [1, 1, 2]]))
case("scatter add", lambda a, i, s: a.scatter_add(1, i, s), normal(2, 4), torch.tensor([[3, 0, 3], [1, 1, 2]]), normal(2, 3))
case("embedding", lambda w, i: F.embedding(i, w), normal(5, 3), torch.tensor([[4, 0], [4, 1]]))


def attention(q, k, v, mask):
    q, k, v = (x.transpose(1, 2) for x in (q, k, v))
    return ((q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5 + mask).softmax(-1) @ v).transpose(1, 2)


infinity = float("inf")
hidden = torch.zeros(2, 1, 1, 5)
hidden[0, 0, 0, 3:] = -infinity
causal = torch.full((4, 4), -infinity).triu(1)
case("attention", lambda q, k, v: attention(q, k, v, 0), normal(2, 3, 2, 4), normal(2, 5, 2, 4), normal(2, 5, 2, 4))
case("attention masked", lambda q, k, v: attention(q, k, v, hidden), normal(2, 3, 2, 4), normal(2, 5, 2, 4), normal(2, 5, 2, 4))
case("attention causal", lambda q, k, v: attention(q, k, v, causal), normal(2, 4, 2, 3), normal(2, 4, 2, 3), normal(2, 4, 2, 3))
case("attention causal with dropout", lambda q, k, v: attention(q, k, v, causal), normal(2, 4, 2, 3), normal(2, 4, 2, 3), normal(2, 4, 2, 3))

classes = torch.tensor([2, 0, 4, 4])
case("cross entropy", F.cross_entropy, normal(4, 5) * 2, classes)
case("cross entropy smoothed", lambda x, y: F.cross_entropy(x, y, label_smoothing=0.1), normal(4, 5) * 2, classes)
case("cross entropy weighted", lambda x, y, w: F.cross_entropy(x, y, weight=w.detach(), label_smoothing=0.2), normal(4, 5) * 2, classes, positive(5))
left_out = torch.tensor([2, -100, 4, -100])
case("cross entropy left out", F.cross_entropy, normal(4, 5) * 2, left_out)
case("cross entropy left out weighted", lambda x, y, w: F.cross_entropy(x, y, weight=w.detach()), normal(4, 5) * 2, left_out, positive(5))
case("cross entropy of distributions", lambda x, t: F.cross_entropy(x, t.detach(), label_smoothing=0.1), normal(4, 5) * 2, normal(4, 5).softmax(-1))
case("shared", lambda a: a * a + a, normal(3))
case("gelu by tanh", lambda x: F.gelu(x, approximate="tanh"), normal(3, 7) * 2)

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "torch_values.json")
with open(path, "w") as file:
    file.write("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(value, separators=(',', ':'))}" for name, value in cases.items()) + "\n}\n")
