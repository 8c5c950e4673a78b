# Writes half.safetensors by hand, as the format's description has it: F16, BF16, F32 and I64.   /usr/bin/python3 make_safetensors.py
import json
import os
import struct
import numpy as np
import torch

values = [0.5, -1.25, 65504.0, 6e-8]
parts = {
    "f16": ("F16", [2, 2], np.array(values, np.float16).tobytes()),
    "bf16": ("BF16", [2], b"".join(struct.pack("<H", struct.unpack("<I", struct.pack("<f", v))[0] >> 16) for v in [1.5, -3.0])),
    "f32": ("F32", [3], torch.tensor([1.0, 2.0, 3.5]).numpy().tobytes()),
    "i64": ("I64", [], struct.pack("<q", -7)),
}
header, data = {"__metadata__": {"format": "pt"}}, b""
for name, (kind, shape, raw) in parts.items():
    header[name] = {"dtype": kind, "shape": shape, "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "half.safetensors"), "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + data)
