"""NAS-BERT as ML.NET ships it, and BERT, in PyTorch: what tests and benchmarks compare with. Parameters are named as in ML.NET's and Hugging Face's files."""
import math

import torch
from torch import nn

LAYERS = [9, 11, 7, 0, 0, 0, 11, 11, 7, 0, 0, 0, 9, 7, 11, 0, 0, 0, 10, 7, 9, 0, 0, 0]
WIDTHS = [128, 192, 384, 512, 768]


def gelu_tanh(x):
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))


ACTIVATIONS = {"gelu": nn.functional.gelu, "gelu_new": gelu_tanh, "relu": torch.relu}


def attend(query, key, value, heads, hidden, dropout):
    """softmax(Q K' / sqrt(d)) V of (N, T, H) tensors; hidden (N, T) is true for padding."""
    n, t, size = query.shape
    query, key, value = (x.view(n, t, heads, size // heads).transpose(1, 2) for x in (query, key, value))
    scores = torch.matmul(query * (size // heads) ** -0.5, key.transpose(2, 3))
    if hidden is not None:
        scores = scores.masked_fill(hidden[:, None, None, :], -math.inf)
    return torch.matmul(dropout(torch.softmax(scores, -1)), value).transpose(1, 2).reshape(n, t, size)


class MultiHead(nn.Module):
    def __init__(self, size, heads, dropout):
        super().__init__()
        self.heads, self.dropout = heads, nn.Dropout(dropout)
        self.QProjection, self.KProjection, self.VProjection, self.OutProjLinear = (nn.Linear(size, size) for _ in range(4))

    def forward(self, x, hidden):
        return self.OutProjLinear(attend(self.QProjection(x), self.KProjection(x), self.VProjection(x), self.heads, hidden, self.dropout))


class AttentionLayer(nn.Module):
    def __init__(self, size, dropout, attention_dropout):
        super().__init__()
        self.SelfAttention, self.LayerNorm, self.DropoutLayer = MultiHead(size, size // 64, attention_dropout), nn.LayerNorm(size), nn.Dropout(dropout)

    def forward(self, x, hidden):
        return self.LayerNorm(self.DropoutLayer(self.SelfAttention(x, hidden)) + x)


class FeedForwardLayer(nn.Module):
    def __init__(self, size, dropout):
        super().__init__()
        self.FullConnects = nn.ModuleDict({"fc1": nn.Linear(size, 4 * size), "fc2": nn.Linear(4 * size, size)})
        self.FinalLayerNorm, self.dropout = nn.LayerNorm(size), nn.Dropout(dropout)

    def forward(self, x, hidden):
        inner = nn.functional.gelu(self.FullConnects["fc1"](x))
        return self.FinalLayerNorm(self.dropout(self.FullConnects["fc2"](inner)) + x)


class Separable(nn.Module):
    def __init__(self, size, kernel):
        super().__init__()
        convolutions = nn.ModuleDict({"conv1": nn.Conv1d(size, size, kernel, padding=kernel // 2, groups=size), "conv2": nn.Conv1d(size, size, 1)})
        self.conv = nn.ModuleDict({"Conv": convolutions})

    def forward(self, x):
        inner = self.conv["Conv"]
        # A kernel of one token is a linear layer, which PyTorch does faster as one.
        along = inner["conv1"](x.transpose(1, 2)).transpose(1, 2)
        return nn.functional.gelu(nn.functional.linear(along, inner["conv2"].weight.squeeze(2), inner["conv2"].bias))


class ConvolutionLayer(nn.Module):
    def __init__(self, size, kernel):
        super().__init__()
        self.Conv1, self.LayerNorm1, self.Conv2, self.LayerNorm2 = Separable(size, kernel), nn.LayerNorm(size), Separable(size, kernel), nn.LayerNorm(size)

    def forward(self, x, hidden):
        for convolution, norm in ((self.Conv1, self.LayerNorm1), (self.Conv2, self.LayerNorm2)):
            seen = x if hidden is None else x.masked_fill(hidden.unsqueeze(2), 0)
            x = norm(convolution(seen) + x)
        return x


class Operation(nn.Module):
    """The holder that gives ML.NET's names their second part."""

    def __init__(self, number, dropout, attention_dropout):
        super().__init__()
        size, kind = WIDTHS[number // 6], number % 6
        if kind == 1:
            self.Operation = AttentionLayer(size, dropout, attention_dropout)
        elif kind == 2:
            self.Operation = FeedForwardLayer(size, dropout)
        elif kind > 2:
            self.Operation = ConvolutionLayer(size, 2 * kind - 3)
        else:
            self.Operation = None

    def forward(self, x, hidden):
        return x if self.Operation is None else self.Operation(x, hidden)


class Transfer(nn.Module):
    def __init__(self, before, after):
        super().__init__()
        self.InHiddenTransfer = nn.Linear(before, after) if before != after else None

    def forward(self, x):
        return x if self.InHiddenTransfer is None else self.InHiddenTransfer(x)


class NasBert(nn.Module):
    def __init__(self, vocabulary, layers=LAYERS, embedding=64, positions=512, padding=1, dropout=0.1, attention_dropout=0.1):
        super().__init__()
        self.padding, self.per_block = padding, len(layers) // 4
        widths = []
        for block in range(4):
            found = {WIDTHS[n // 6] for n in layers[block * self.per_block:(block + 1) * self.per_block] if n % 6}
            assert len(found) <= 1
            widths.append(found.pop() if found else widths[-1] if widths else WIDTHS[-1])
        self.TokenEmbedding = nn.Embedding(vocabulary, embedding, padding)
        self.PositionalEmbedding = nn.ModuleDict({"Embedding": nn.Embedding(positions + 2, embedding, 0)})
        self.EmbeddingLayerNorm, self.DropoutLayer = nn.LayerNorm(embedding), nn.Dropout(dropout)
        self.EmbedTransfer = nn.ModuleDict({"HiddenTransfer": nn.Linear(embedding, widths[0])} if embedding != widths[0] else {})
        self.Layers = nn.ModuleList(Operation(number, dropout, attention_dropout) for number in layers)
        self.HiddenTransferList = nn.ModuleList(Transfer(widths[i], widths[min(i + 1, 3)]) for i in range(4))

    def forward(self, ids, segments=None):
        hidden = ids == self.padding
        present = (~hidden).long()
        x = self.TokenEmbedding(ids) + self.PositionalEmbedding["Embedding"](torch.cumsum(present, 1) * present)
        x = self.EmbeddingLayerNorm(x)
        if "HiddenTransfer" in self.EmbedTransfer:
            x = self.EmbedTransfer["HiddenTransfer"](x)
        x = self.DropoutLayer(x)
        hidden = hidden if hidden.any() else None
        if hidden is not None:
            x = x * (~hidden).unsqueeze(2)
        for i, layer in enumerate(self.Layers):
            x = layer(x, hidden)
            if i % self.per_block == self.per_block - 1:
                x = self.HiddenTransferList[i // self.per_block](x)
        return x


def named(**modules):
    return nn.ModuleDict(modules)


class BertLayer(nn.Module):
    def __init__(self, size, heads, inner, activation, epsilon, dropout):
        super().__init__()
        self.heads, self.activation, self.dropout = heads, ACTIVATIONS[activation], nn.Dropout(dropout)
        self.attention = named(
            self=named(query=nn.Linear(size, size), key=nn.Linear(size, size), value=nn.Linear(size, size)),
            output=named(dense=nn.Linear(size, size), LayerNorm=nn.LayerNorm(size, epsilon)))
        self.intermediate = named(dense=nn.Linear(size, inner))
        self.output = named(dense=nn.Linear(inner, size), LayerNorm=nn.LayerNorm(size, epsilon))

    def forward(self, x, hidden):
        own, after = self.attention["self"], self.attention["output"]
        mixed = attend(own["query"](x), own["key"](x), own["value"](x), self.heads, hidden, self.dropout)
        x = after["LayerNorm"](self.dropout(after["dense"](mixed)) + x)
        inner = self.activation(self.intermediate["dense"](x))
        return self.output["LayerNorm"](self.dropout(self.output["dense"](inner)) + x)


class Bert(nn.Module):
    def __init__(self, vocabulary, size=768, layers=12, heads=12, inner=3072, positions=512, segments=2, activation="gelu", epsilon=1e-12, padding=0, first=0, dropout=0.1):
        super().__init__()
        self.padding, self.first = padding, first
        self.embeddings = named(
            word_embeddings=nn.Embedding(vocabulary, size, padding), position_embeddings=nn.Embedding(positions, size),
            token_type_embeddings=nn.Embedding(segments, size), LayerNorm=nn.LayerNorm(size, epsilon))
        self.encoder = named(layer=nn.ModuleList(BertLayer(size, heads, inner, activation, epsilon, dropout) for _ in range(layers)))
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids, segments=None):
        hidden = ids == self.padding
        hidden = hidden if hidden.any() else None
        segments = torch.zeros_like(ids) if segments is None else segments
        places = torch.arange(self.first, self.first + ids.shape[1])
        tables = self.embeddings
        x = tables["word_embeddings"](ids) + tables["position_embeddings"](places) + tables["token_type_embeddings"](segments)
        x = self.dropout(tables["LayerNorm"](x))
        for layer in self.encoder["layer"]:
            x = layer(x, hidden)
        return x
