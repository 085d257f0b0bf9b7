"""The reference for outside.py: EASE in numpy, float32, on the same people.

  python3 bench/outside_ease.py <folder> <people.csv> [--seed 1867]

Fitted on the people with at least five seen titles in the folder that `outside.py take` wrote. Preference weights
x = clip(1 + .3 (rating - the person's mean), .1, 2.5), unscored titles .7; user normalisation .2, EDLAE's diagonal
with dropout .1, regularization 60; no content features, all entries of B. It takes 4 GB of memory.
"""
import argparse
import collections
import csv
from pathlib import Path

import numpy as np
import scipy.linalg.lapack as lapack
import scipy.sparse as sp
from outside import STATUS, evaluate, mean, opened

NORMALIZATION, DROPOUT, REGULARIZATION, LONGEST = 0.2, 0.1, 60, 500


def lists_of(folder):
    lists = collections.defaultdict(dict)
    with opened(next(folder.glob("animelist.csv*"))) as file:
        for row in csv.DictReader(file):
            status = STATUS.get(int(row["watching_status"]), "completed")
            lists[row["user_id"]][int(row["anime_id"])] = (int(row["rating"]), status)
    return lists.values()


class Ease:
    def __init__(self, folder):
        with opened(folder / "anime.csv") as file:
            self.titles = np.array([int(row["MAL_ID"]) for row in csv.DictReader(file)])
        self.index = {anime: item for item, anime in enumerate(self.titles)}
        rows = [row for row in map(self.row, lists_of(folder)) if len(row[0]) >= 5]
        items, weights = (np.concatenate(column) for column in zip(*rows))
        x = sp.csr_matrix(
            (weights, items, np.cumsum([0, *(len(items) for items, _ in rows)])), (len(rows), len(self.titles))
        )
        scale = np.asarray(x.sum(axis=1)).ravel() ** -NORMALIZATION
        gram = np.asfortranarray((x.T @ sp.diags(scale.astype(np.float32)) @ x).toarray())
        diagonal = np.diag_indices(len(gram))
        gram[diagonal] += gram[diagonal] * DROPOUT / (1 - DROPOUT) + REGULARIZATION
        factor, failed = lapack.spotrf(gram, lower=1, overwrite_a=1)
        inverse, failed_too = lapack.spotri(factor, lower=1, overwrite_c=1)
        assert failed == failed_too == 0
        inverse = np.tril(inverse)
        inverse += np.tril(inverse, -1).T
        self.b = inverse / -inverse[diagonal]
        self.b[diagonal] = 0

    def row(self, titles):
        """→ items and weights of the seen titles"""
        ratings = [rating for rating, _ in titles.values() if rating > 0]
        middle = mean(ratings) if ratings else 0
        seen = [
            (self.index[anime], min(2.5, max(0.1, 1 + 0.3 * (rating - middle))) if rating else 0.7)
            for anime, (rating, status) in titles.items()
            if status != "plan_to_watch" and anime in self.index
        ]
        items, weights = zip(*seen) if seen else ((), ())
        return np.array(items, dtype=np.int32), np.array(weights, dtype=np.float32)

    def recommend(self, known):
        items, weights = self.row(known)
        scores = weights @ self.b[items]
        scores[items] = -np.inf
        return self.titles[np.argsort(-scores, kind="stable")[:LONGEST]].tolist()


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("folder", type=Path)
parser.add_argument("aside", type=Path)
parser.add_argument("--seed", type=int, default=1867)
options = parser.parse_args()
evaluate(Ease(options.folder).recommend, options.aside, options.seed)
