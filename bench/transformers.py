#!/usr/bin/env python3
"""Transformers in PyTorch and here: tokens per second of fine-tuning and of predictions, and the time of one short text.

    OMP_NUM_THREADS=2 /usr/bin/python3 bench/transformers.py [--only NAME] [--rounds 6] [--seconds 2] [--processor-time]

    nas-bert training    forward, cross-entropy of two classes, backward, AdamW; dropout 0.1; 32 texts of 128 tokens, a vocabulary of 50265
    nas-bert inference   the same texts, gradients off
    bert-base inference  8 texts of 128 tokens, gradients off, BERT-base's size with random weights
    nas-bert one text    one text of 12 tokens, gradients off, one thread
    gpt-2 tokens         16 tokens one by one after 128 and more, with a cache of keys and values; GPT-2's size (124 million) with random weights
    gpt training         forward, loss of the next token, backward, AdamW; 4 layers of 256, a vocabulary of 4096, 8 texts of 256 tokens

Both sides run by turns, round after round, so that what else the machine does falls on both; the least time of each is compared. PyTorch runs with one thread and with two, whichever is
faster: its threads wait in a loop, and on virtual processors two are at times slower than one.
On a machine that is busy, --processor-time compares one thread each by its processor time.
PyTorch is that of Debian. Networks: bench/peers/encoders.py, bench/peers/decoder.py.
"""
import argparse
import json
import os
import subprocess
import sys
import time

import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers"))
from decoder import Decoder  # noqa: E402
from encoders import Bert, NasBert  # noqa: E402

VOCABULARY = 50265


class Classifier(torch.nn.Module):
    def __init__(self, encoder, size, classes=2):
        super().__init__()
        self.encoder, self.last = encoder, torch.nn.Linear(size, classes)

    def forward(self, ids):
        return self.last(self.encoder(ids)[:, 0])


def training():
    network, ids, labels = Classifier(NasBert(VOCABULARY), 192), torch.randint(3, VOCABULARY, (32, 128)), torch.randint(0, 2, (32,))
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-4)

    def step():
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(network(ids), labels).backward()
        optimizer.step()
    return step


def inference(network, size, texts, length, vocabulary):
    network, ids = Classifier(network, size).eval(), torch.randint(3, vocabulary, (texts, length))

    def predict():
        with torch.no_grad():
            network(ids)
    return predict


def decoder_training():
    network, ids = Decoder(4096, 256, 256, 4, 4), torch.randint(4096, (8, 257))
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-4)

    def step():
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(network(ids[:, :-1]).view(-1, 4096), ids[:, 1:].reshape(-1)).backward()
        optimizer.step()
    return step


def generation():
    network = Decoder(50257, 1024, 768, 12, 12).eval()
    cache, position = network.cache(), 1024

    def continue_text():
        nonlocal position
        with torch.no_grad():
            if position + 16 > 512:
                network(torch.randint(50257, (1, 128)), cache)
                position = 128
            for _ in range(16):
                network(torch.tensor([[7]]), cache, position).argmax()
                position += 1
    return continue_text


WORK = {
    "nas-bert training": (training, 32 * 128, 2),
    "nas-bert inference": (lambda: inference(NasBert(VOCABULARY), 192, 32, 128, VOCABULARY), 32 * 128, 2),
    "bert-base inference": (lambda: inference(Bert(30522), 768, 8, 128, 30522), 8 * 128, 2),
    "nas-bert one text": (lambda: inference(NasBert(VOCABULARY), 192, 1, 12, VOCABULARY), 12, 1),
    "gpt-2 tokens": (generation, 16, 2),
    "gpt training": (decoder_training, 8 * 256, 2),
}


def least(work, seconds, clock):
    work()
    best, end = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = clock()
        work()
        best = min(best, clock() - start)
    return best


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", choices=WORK)
    options.add_argument("--rounds", type=int, default=6)
    options.add_argument("--seconds", type=float, default=2, help="of each side in a round")
    options.add_argument("--processor-time", action="store_true")
    options.add_argument("--programs", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "Programs/bin/Release/net10.0/programs"))
    chosen = options.parse_args()
    for name in [chosen.only] if chosen.only else WORK:
        make, tokens, threads = WORK[name]
        torch.manual_seed(1)
        theirs, times, ours = make(), [], []
        with subprocess.Popen([chosen.programs, "transformers", name, str(chosen.seconds), *(["processor"] if chosen.processor_time else [])], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            for _ in range(chosen.rounds):
                for count in {1} if chosen.processor_time else {1, threads}:
                    torch.set_num_threads(count)
                    times.append(least(theirs, chosen.seconds, time.process_time if chosen.processor_time else time.perf_counter))
                process.stdin.write("\n")
                process.stdin.flush()
                ours.append(float(process.stdout.readline()))
            process.stdin.close()
        print(json.dumps({
            "work": name, "tokensPerSecond": round(tokens / min(ours)), "pytorchTokensPerSecond": round(tokens / min(times)),
            "milliseconds": round(min(ours) * 1e3, 3), "pytorchMilliseconds": round(min(times) * 1e3, 3), "times": round(min(times) / min(ours), 2)}), flush=True)


if __name__ == "__main__":
    main()
