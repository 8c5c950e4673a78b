# Writes torch_optimizers.json: for each optimizer the weights at first, the gradients of five steps, and the weights after them; for
# each schedule its factors.   /usr/bin/python3 torch_optimizers.py   (python3-torch 1.13)
import json
import os
import torch

torch.manual_seed(2)
start = torch.randn(6)
gradients = [torch.randn(6) for _ in range(5)]


def run(make):
    w = start.clone().requires_grad_()
    optimizer = make([w])
    for gradient in gradients:
        w.grad = gradient.clone()
        optimizer.step()
    return [float(f"{float(v):.7g}") for v in w]


def factors(make, steps):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1)
    schedule = make(optimizer)
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return rates


sgd, adam, adamw = torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW
s = torch.optim.lr_scheduler
values = {
    "start": start.tolist(),
    "gradients": [g.tolist() for g in gradients],
    "sgd": run(lambda p: sgd(p, lr=0.1)),
    "momentum": run(lambda p: sgd(p, lr=0.1, momentum=0.9, weight_decay=0.01)),
    "nesterov": run(lambda p: sgd(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01)),
    "adam": run(lambda p: adam(p, lr=0.1, weight_decay=0.01)),
    "adamw": run(lambda p: adamw(p, lr=0.1, weight_decay=0.1)),
    "step": factors(lambda o: s.StepLR(o, 3, 0.5), 10),
    "cosine": factors(lambda o: s.CosineAnnealingLR(o, 10, 0.1), 10),
    "one cycle": factors(lambda o: s.OneCycleLR(o, 1.0, total_steps=20), 20),
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "torch_optimizers.json"), "w") as file:
    json.dump(values, file, indent=1)
    file.write("\n")
