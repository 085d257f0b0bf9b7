"""The reference for embedding.ts: the same network in PyTorch, with dense (fused) Adam as Keras has it."""
import json
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

folder = sys.argv[1]
people, items, dimension, batch, epochs = map(int, sys.argv[2:7])
rate, threads = float(sys.argv[7]), int(sys.argv[8])
torch.set_num_threads(threads)
torch.manual_seed(42)


def rows(part):
    users, titles = (
        torch.from_numpy(np.fromfile(f"{folder}/{part}.{name}", dtype=np.uint32).astype(np.int64))
        for name in ("users", "items")
    )
    return users, titles, torch.from_numpy(np.fromfile(f"{folder}/{part}.targets", dtype=np.float32))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        vectors = torch.from_numpy(np.fromfile(f"{folder}/vectors", dtype=np.float32))
        vectors = vectors.view(people + items, dimension)
        self.people = nn.Embedding.from_pretrained(vectors[:people].clone(), freeze=False)
        self.items = nn.Embedding.from_pretrained(vectors[people:].clone(), freeze=False)
        weight, bias, gamma, beta = np.fromfile(f"{folder}/head", dtype=np.float32).tolist()
        self.dense = nn.Linear(1, 1)
        self.normal = nn.BatchNorm1d(1, eps=1e-3, momentum=0.01)
        with torch.no_grad():
            self.dense.weight.fill_(weight)
            self.dense.bias.fill_(bias)
            self.normal.weight.fill_(gamma)
            self.normal.bias.fill_(beta)

    def forward(self, users, titles):
        a = F.normalize(self.people(users), dim=1, eps=1e-6)
        b = F.normalize(self.items(titles), dim=1, eps=1e-6)
        return self.normal(self.dense((a * b).sum(1, keepdim=True))).squeeze(1)


training, validation = rows("training"), rows("validation")
network = Network()
adam = torch.optim.Adam(network.parameters(), lr=rate, eps=1e-7, fused=True)
result = {"seconds": [], "losses": []}
for _ in range(epochs):
    started = time.perf_counter()
    network.train()
    for batch_rows in torch.randperm(len(training[0])).split(batch):
        users, titles, targets = (column[batch_rows] for column in training)
        adam.zero_grad()
        F.binary_cross_entropy_with_logits(network(users, titles), targets).backward()
        adam.step()
    network.eval()
    with torch.no_grad():
        loss = F.binary_cross_entropy_with_logits(network(*validation[:2]), validation[2]).item()
    result["seconds"].append(time.perf_counter() - started)
    result["losses"].append(loss)
print(json.dumps(result))
