/**
 * Seeded random ratings of the size and shape of the real ones, with any number of rows: each user lists about 333 of
 * 17,562 titles, whose popularity falls as 1 / (40 + rank). A score is the user's mean, an 8-dimensional taste, and noise.
 */
import type { Dataset } from '../src/data/dataset.ts';
import { IdMap } from '../src/data/id-map.ts';
import { STATUS } from '../src/data/interactions.ts';
import { normal, type Random, random } from '../src/data/random.ts';

const TITLES = 17_562;
const ROWS_PER_PERSON = 333;
const TASTES = 8;

/** All users are for training; there is no catalogue. */
export function syntheticRatings(rows: number, seed = 1): Dataset {
  const uniform = random(seed);
  const people = Math.max(1, Math.round(rows / ROWS_PER_PERSON));
  const titles = tastes(TITLES, uniform);
  const indptr = new Uint32Array(people + 1);
  const indices = new Uint32Array(rows);
  const ratings = new Uint8Array(rows);
  for (let user = 0, at = 0; user < people; user++) {
    const end = Math.round((rows * (user + 1)) / people);
    indices.set(listOf(end - at, uniform), at);
    const mean = 7.2 + 0.8 * normal(uniform);
    const taste = tastes(1, uniform);
    for (; at < end; at++)
      ratings[at] = scoreOf(mean + affinity(taste, titles, indices[at]) + normal(uniform));
    indptr[user + 1] = end;
  }
  return {
    fingerprint: `synthetic-${rows}-${seed}`,
    origin: { name: 'synthetic', synthetic: true },
    catalogue: [],
    items: new IdMap(Int32Array.from({ length: TITLES }, (_, item) => item + 1)),
    users: new IdMap(Int32Array.from({ length: people }, (_, user) => user + 1)),
    interactions: {
      ...{ users: people, items: TITLES, indptr, indices, ratings },
      statuses: new Uint8Array(rows).fill(STATUS.completed),
    },
    parts: {
      train: { from: 0, to: people },
      validation: { from: people, to: people },
      test: { from: people, to: people },
    },
  };
}

/** Distinct titles, ascending, with density 1 / (40 + rank), drawn by the inverse distribution function. */
function listOf(length: number, uniform: Random): number[] {
  const drawn = new Set<number>();
  while (drawn.size < length)
    drawn.add(Math.min(TITLES - 1, Math.floor(40 * ((1 + TITLES / 40) ** uniform() - 1))));
  return [...drawn].sort((a, b) => a - b);
}

function tastes(count: number, uniform: Random): Float32Array {
  return Float32Array.from({ length: count * TASTES }, () => normal(uniform));
}

function affinity(taste: Float32Array, titles: Float32Array, item: number): number {
  let sum = 0;
  for (let k = 0; k < TASTES; k++) sum += taste[k] * titles[item * TASTES + k];
  return (1.2 * sum) / Math.sqrt(TASTES);
}

function scoreOf(value: number): number {
  return Math.max(1, Math.min(10, Math.round(value)));
}
