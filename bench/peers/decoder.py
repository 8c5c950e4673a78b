"""GPT-2's architecture in PyTorch, with a cache of keys and values: what the benchmark of decoders compares with."""
import math

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, size, heads, dropout):
        super().__init__()
        self.heads, self.dropout = heads, nn.Dropout(dropout)
        self.ln_1, self.ln_2 = nn.LayerNorm(size), nn.LayerNorm(size)
        self.c_attn, self.c_proj = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.c_fc, self.c_out = nn.Linear(size, 4 * size), nn.Linear(4 * size, size)

    def forward(self, x, past=None, position=0):
        n, t, size = x.shape
        q, k, v = (part.view(n, t, self.heads, size // self.heads).transpose(1, 2) for part in self.c_attn(self.ln_1(x)).split(size, dim=2))
        if past is not None:
            past[0][:, :, position:position + t], past[1][:, :, position:position + t] = k, v
            k, v = past[0][:, :, :position + t], past[1][:, :, :position + t]
        scores = q @ k.transpose(-1, -2) / math.sqrt(size // self.heads)
        if t > 1:
            scores = scores.masked_fill(torch.ones(t, t, dtype=torch.bool).triu(1), -math.inf)
        x = x + self.dropout(self.c_proj((self.dropout(scores.softmax(-1)) @ v).transpose(1, 2).reshape(n, t, size)))
        return x + self.dropout(self.c_out(F.gelu(self.c_fc(self.ln_2(x)), approximate="tanh")))


class Decoder(nn.Module):
    def __init__(self, vocabulary, positions, size, layers, heads, dropout=0.1):
        super().__init__()
        self.wte, self.wpe, self.dropout = nn.Embedding(vocabulary, size), nn.Embedding(positions, size), nn.Dropout(dropout)
        self.h, self.ln_f = nn.ModuleList(Block(size, heads, dropout) for _ in range(layers)), nn.LayerNorm(size)
        self.positions, self.heads, self.size = positions, heads, size

    def cache(self):
        shape = (1, self.heads, self.positions, self.size // self.heads)
        return [(torch.zeros(shape), torch.zeros(shape)) for _ in self.h]

    def forward(self, ids, cache=None, position=0):
        x = self.dropout(self.wte(ids) + self.wpe(torch.arange(position, position + ids.shape[1])))
        for i, block in enumerate(self.h):
            x = block(x, None if cache is None else cache[i], position)
        x = self.ln_f(x)
        return (x if cache is None else x[:, -1:]) @ self.wte.weight.t()
