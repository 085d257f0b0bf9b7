"""The reference for ials.ts: the same confidences, factored by implicit's conjugate gradient (its defaults)."""
import json
import sys
import time

import numpy as np
import scipy.sparse as sp
from implicit.als import AlternatingLeastSquares

folder, items, factors, sweeps, threads = sys.argv[1], *map(int, sys.argv[2:])
indptr = np.fromfile(f"{folder}/indptr", dtype=np.uint32).astype(np.int32)
indices = np.fromfile(f"{folder}/indices", dtype=np.uint32).astype(np.int32)
values = np.fromfile(f"{folder}/values", dtype=np.float32)
x = sp.csr_matrix((values, indices, indptr), shape=(len(indptr) - 1, items))

seconds, cpu = [], []


def note(_iteration, elapsed, *_loss):
    seconds.append(elapsed)
    cpu.append(time.process_time())


model = AlternatingLeastSquares(factors=factors, iterations=sweeps, num_threads=threads, use_gpu=False, random_state=1)
model.fit(x, show_progress=False, callback=note)
assert np.isfinite(model.item_factors).all()
print(json.dumps({"seconds": seconds, "cpu": list(np.diff(cpu)), "steps": model.cg_steps}))
