/**
 * Reproduces published results on the gowalla split (29,858 users, 40,981 items): Recall@20, divided by the number of
 * relevant items, and NDCG@20. EASE, λ = 100: published .1765 / .1467; numpy .17641 / .14664, where the inverse takes
 * 369 s (on another machine).
 *
 *   npm run bench -- gowalla <folder with train.txt and test.txt> [--regularization 100] [--neighbours 0] [--model ease]
 *     [--plain]
 *
 * Models: ease, slim, item-knn, item-knn-tfidf, item-knn-bm25, user-knn, ials. Item-kNN: published .1570 / .1214, with
 * cosine, 100 neighbours, a weighted mean, centred; --plain takes the sum, not centred.
 *
 * By default all entries of B are used, which takes 11 GB: the inverse, and its rows unpacked for scoring. With
 * --neighbours only the strongest of each column are used, as in production.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseSlimOptions } from '../src/config/model-options.ts';
import type { Dataset } from '../src/data/dataset.ts';
import { IdMap } from '../src/data/id-map.ts';
import { profileOf, STATUS } from '../src/data/interactions.ts';
import { UsageError } from '../src/error.ts';
import type { BlockSymmetricMatrix } from '../src/linalg/block-symmetric-matrix.ts';
import { bootstrapInterval } from '../src/metric/interval.ts';
import { ndcg } from '../src/metric/ndcg.ts';
import { recall } from '../src/metric/recall.ts';
import { ials, parseIalsOptions } from '../src/model/als/ials.ts';
import { itemKnnBy } from '../src/model/knn/item-knn.ts';
import { userKnn } from '../src/model/knn/user-knn.ts';
import { type EaseOptions, ease, parseEaseOptions } from '../src/model/linear/ease.ts';
import { easeInverse } from '../src/model/linear/ease-inverse.ts';
import { slim } from '../src/model/linear/slim.ts';
import type { Weighting } from '../src/model/preferences.ts';
import type { Recommender } from '../src/model/recommender.ts';
import { topItems } from '../src/model/top.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    neighbours: { type: 'string', default: '0' },
    regularization: { type: 'string', default: '100' },
    model: { type: 'string', default: 'ease' },
    plain: { type: 'boolean', default: false },
  },
});
const neighbours = Number(options.neighbours);
const { weights } = parseSlimOptions({ weights: { unscored: { completed: 1 } } });
const folder = positionals[0] ?? '../shared/data/gowalla';
const [known, hidden] = await Promise.all(
  ['train.txt', 'test.txt'].map((file) => readLists(join(folder, file))),
);
const largest = [...known.values(), ...hidden.values()].reduce(
  (most, list) => Math.max(most, ...list),
  0,
);
const dataset = datasetOf(known, 1 + largest);
console.log(`${cpus()[0].model}, ${availableParallelism()} cores, Node ${process.version}`);
console.log(`${dataset.interactions.users} people, ${dataset.items.size} items`);

const started = performance.now();
let step = '';
let stepStarted = started;
const progress = {
  step(label: string) {
    if (step) console.log(`  ${step}: ${((performance.now() - stepStarted) / 1000).toFixed(1)} s`);
    [step, stepStarted] = [label, performance.now()];
  },
  update() {},
  note() {},
  end() {},
};
const model = await fitted();
progress.step('end');
console.log(
  `${model.name} fitted in ${((performance.now() - started) / 1000).toFixed(1)} s, peak memory ${(process.resourceUsage().maxRSS / 1024 ** 2).toFixed(1)} GiB`,
);

const users = [...known.keys()];
const evaluated = users.flatMap((userId, user) => {
  const relevant = new Set(hidden.get(userId));
  if (relevant.size === 0) return [];
  const scores = model.score(profileOf(dataset.interactions, user));
  for (const item of known.get(userId) ?? []) scores[item] = Number.NEGATIVE_INFINITY;
  const { items } = topItems(scores, 20);
  return [{ recall: recall(items, relevant, 20, 'relevant'), ndcg: ndcg(items, relevant, 20) }];
});
for (const metric of ['recall', 'ndcg'] as const) {
  const { mean, low, high } = bootstrapInterval(evaluated.map((person) => person[metric]));
  console.log(`${metric}@20 ${mean.toFixed(5)} [${low.toFixed(4)}, ${high.toFixed(4)}]`);
}

type Scorer = Pick<Recommender, 'name' | 'score'>;

/** How to fit each model, by name; every item has weight 1, as published. */
function models(): Record<string, () => Promise<Scorer>> {
  return {
    ease: fitEase,
    slim: fitSlim,
    'item-knn': () => fitItemKnn('cosine'),
    'item-knn-tfidf': () => fitItemKnn('tfidf'),
    'item-knn-bm25': () => fitItemKnn('bm25'),
    ials: fitIals,
    'user-knn': () => userKnn.fit(dataset, { weights, neighbours: neighbours || 50 }, { progress }),
  };
}

function fitted(): Promise<Scorer> {
  const known = models();
  if (Object.hasOwn(known, options.model)) return known[options.model]();
  throw new UsageError(`--model is "${options.model}", expected ${Object.keys(known).join(', ')}`);
}

function fitEase(): Promise<Scorer> {
  const parsed = parseEaseOptions({
    regularization: Number(options.regularization),
    neighbours: neighbours || 2000,
    columnPower: 0,
    rowPower: 0,
    prior: 0,
    userNormalization: 0,
    dropout: 0,
    content: 0,
    weights,
  });
  return neighbours === 0 ? wholeEase(parsed) : ease.fit(dataset, parsed, { progress });
}

/** SLIM with the same λ: each item is regressed on its nearest neighbours only. */
function fitSlim(): Promise<Scorer> {
  const parsed = parseSlimOptions({
    regularization: Number(options.regularization),
    neighbours: neighbours || 100,
    columnPower: 0,
    prior: 0,
    userNormalization: 0,
    dropout: 0,
    content: 0,
    weights,
  });
  return slim.fit(dataset, parsed, { progress });
}

function fitItemKnn(weighting: Weighting): Promise<Scorer> {
  return itemKnnBy(weighting).fit(
    dataset,
    {
      neighbours: neighbours || 100,
      normalization: options.plain ? 0 : 1,
      centred: !options.plain,
      userNormalization: 0,
      weights,
      damping: 0.001,
    },
    { progress },
  );
}

/** α₀ and λ were chosen on users held out of the training lists. */
function fitIals(): Promise<Scorer> {
  return ials.fit(
    dataset,
    parseIalsOptions({ factors: 128, alpha: 0.01, regularization: 0.01, weights }),
    { progress },
  );
}

/** EASE with all entries of B: score_j = −Σ_i P_ij / P_jj over the known items i. */
async function wholeEase(parsed: EaseOptions): Promise<Scorer> {
  const { inverse } = await easeInverse(dataset, parsed, { progress });
  progress.step('unpacking rows');
  const rows = unpackedRows(inverse);
  const diagonal = Float32Array.from(rows, (row, j) => row[j]);
  return {
    name: 'ease',
    score({ items }) {
      const scores = new Float32Array(rows.length);
      for (const item of items) {
        const row = rows[item];
        for (let j = 0; j < row.length; j++) scores[j] -= row[j];
      }
      for (let j = 0; j < scores.length; j++) scores[j] /= diagonal[j];
      return scores;
    },
  };
}

/** The full matrix, with both triangles, by row. */
function unpackedRows(matrix: BlockSymmetricMatrix): Float32Array[] {
  const rows = Array.from({ length: matrix.size }, () => new Float32Array(matrix.size));
  for (const [p, panel] of matrix.panels.entries()) {
    const from = matrix.from(p);
    const width = matrix.columns(p);
    for (let r = from; r < matrix.size; r++) {
      const part = panel.subarray((r - from) * width, (r - from + 1) * width);
      rows[r].set(part, from);
      for (let c = 0; c < width; c++) rows[from + c][r] = part[c];
    }
  }
  return rows;
}

/** Each line has a user and its items. */
async function readLists(path: string): Promise<Map<number, number[]>> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter(Boolean);
  return new Map(
    lines.map((line) => {
      const [user, ...items] = line.trim().split(/\s+/).map(Number);
      return [user, [...new Set(items)].sort((a, b) => a - b)];
    }),
  );
}

function datasetOf(lists: Map<number, number[]>, items: number): Dataset {
  const indptr = new Uint32Array(lists.size + 1);
  for (const [user, list] of [...lists.values()].entries()) {
    indptr[user + 1] = indptr[user] + list.length;
  }
  const indices = Uint32Array.from([...lists.values()].flat());
  const everyone = { from: 0, to: lists.size };
  return {
    fingerprint: '',
    origin: { name: 'gowalla', synthetic: false },
    catalogue: [],
    items: new IdMap(Int32Array.from({ length: items }, (_, item) => item)),
    users: new IdMap(Int32Array.from(lists.keys())),
    interactions: {
      users: lists.size,
      items,
      indptr,
      indices,
      ratings: new Uint8Array(indices.length),
      statuses: new Uint8Array(indices.length).fill(STATUS.completed),
    },
    parts: {
      train: everyone,
      validation: { from: lists.size, to: lists.size },
      test: { from: lists.size, to: lists.size },
    },
  };
}
