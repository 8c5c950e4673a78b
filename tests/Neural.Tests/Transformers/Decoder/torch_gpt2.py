# Writes torch_gpt2.json: a small GPT-2 with Hugging Face's names, the scores that it gives for some tokens, its loss and the loss's
# derivatives by every parameter, as PyTorch computes them in double precision.   /usr/bin/python3 torch_gpt2.py   (python3-torch 1.13)
import json
import math
import os
import torch
import torch.nn.functional as F

torch.manual_seed(7)
V, P, C, L, H, I = 13, 10, 8, 2, 2, 20
parameters = {}


def parameter(name, *shape, scale=0.4, shift=0.0):
    value = (torch.randn(shape, dtype=torch.float64) * scale + shift).float().double().requires_grad_(True)
    parameters[name] = value
    return value


parameter("wte.weight", V, C)
parameter("wpe.weight", P, C)
for l in range(L):
    for norm in ("ln_1", "ln_2"):
        parameter(f"h.{l}.{norm}.weight", C, scale=0.2, shift=1.0)
        parameter(f"h.{l}.{norm}.bias", C, scale=0.2)
    for name, inputs, outputs in (("attn.c_attn", C, 3 * C), ("attn.c_proj", C, C), ("mlp.c_fc", C, I), ("mlp.c_proj", I, C)):
        parameter(f"h.{l}.{name}.weight", inputs, outputs)  # Conv1D: (in, out)
        parameter(f"h.{l}.{name}.bias", outputs)
parameter("ln_f.weight", C, scale=0.2, shift=1.0)
parameter("ln_f.bias", C, scale=0.2)


def conv1d(x, name):
    return x @ parameters[name + ".weight"] + parameters[name + ".bias"]


def norm(x, name):
    return F.layer_norm(x, (C,), parameters[name + ".weight"], parameters[name + ".bias"], 1e-5)


def attention(x, l):
    n, t, _ = x.shape
    q, k, v = (part.view(n, t, H, C // H).transpose(1, 2) for part in conv1d(x, f"h.{l}.attn.c_attn").split(C, dim=2))
    scores = (q @ k.transpose(-1, -2) / math.sqrt(C // H)).masked_fill(torch.ones(t, t).triu(1).bool(), -math.inf)
    return conv1d((scores.softmax(-1) @ v).transpose(1, 2).reshape(n, t, C), f"h.{l}.attn.c_proj")


def forward(ids):
    x = parameters["wte.weight"][ids] + parameters["wpe.weight"][: ids.shape[1]]
    for l in range(L):
        x = x + attention(norm(x, f"h.{l}.ln_1"), l)
        x = x + conv1d(F.gelu(conv1d(norm(x, f"h.{l}.ln_2"), f"h.{l}.mlp.c_fc"), approximate="tanh"), f"h.{l}.mlp.c_proj")
    return norm(x, "ln_f") @ parameters["wte.weight"].t()


ids = torch.randint(0, V, (2, 7))
scores = forward(ids[:, :-1])
loss = F.cross_entropy(scores.reshape(-1, V), ids[:, 1:].reshape(-1))
loss.backward()


def numbers(x):
    return [float(f"{float(v):.9g}") for v in x.detach().flatten()]


result = {
    "config": {"model_type": "gpt2", "vocab_size": V, "n_positions": P, "n_embd": C, "n_layer": L, "n_head": H, "n_inner": I, "activation_function": "gelu_new",
               "layer_norm_epsilon": 1e-5, "embd_pdrop": 0.0, "attn_pdrop": 0.0, "resid_pdrop": 0.0, "bos_token_id": V - 1, "eos_token_id": V - 1},
    "ids": ids.tolist(),
    "scores": numbers(scores),
    "loss": float(loss),
    "parameters": [{"name": name, "shape": list(value.shape), "values": numbers(value), "gradient": numbers(value.grad)} for name, value in parameters.items()],
}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "torch_gpt2.json")
with open(path, "w") as file:
    json.dump(result, file, separators=(",", ":"))
    file.write("\n")
