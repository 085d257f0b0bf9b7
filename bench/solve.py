"""The reference for solve.ts: the same X, multiplied by scipy.sparse and inverted by LAPACK in float32."""
import json
import sys
import time

import numpy as np
import scipy.linalg.lapack as lapack
import scipy.sparse as sp

folder, items, regularization, mode = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
indptr = np.fromfile(f"{folder}/indptr", dtype=np.uint32).astype(np.int32)
indices = np.fromfile(f"{folder}/indices", dtype=np.uint32).astype(np.int32)
values = np.fromfile(f"{folder}/values", dtype=np.float32)
x = sp.csr_matrix((values, indices, indptr), shape=(len(indptr) - 1, items))

started = time.perf_counter()
gram = x.T @ x
result = {"accumulate": time.perf_counter() - started, "sample": []}

if mode == "invert":
    dense = np.asfortranarray(gram.toarray())
    dense[np.diag_indices(items)] += regularization
    del gram
    started = time.perf_counter()
    factor, failed = lapack.spotrf(dense, lower=1, overwrite_a=1)
    assert failed == 0, failed
    inverse, failed = lapack.spotri(factor, lower=1, overwrite_c=1)
    assert failed == 0, failed
    result["invert"] = time.perf_counter() - started
    draw = np.random.default_rng(1).integers(0, items, size=(2000, 2))
    rows, columns = draw.max(axis=1), draw.min(axis=1)
    result["sample"] = [[int(r), int(c), float(inverse[r, c])] for r, c in zip(rows, columns)]

print(json.dumps(result))
