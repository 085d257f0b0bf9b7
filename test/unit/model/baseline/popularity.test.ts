import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../../src/data/dataset.ts';
import { STATUS } from '../../../../src/data/interactions.ts';
import { writeSafetensors } from '../../../../src/home/safetensors.ts';
import {
  Popularity,
  type PopularityKind,
  popularityBy,
} from '../../../../src/model/baseline/popularity.ts';
import { anime, smallDataset } from '../../../support/small-dataset.ts';

/** Title 0: scored 10 once; 1: 8, 8, unscored; 2: 4, and once planned; 3: on no list. */
function fewRatings(): Dataset {
  const small = smallDataset({ people: 4, titles: 4 });
  const entries: [number, number, number][] = [
    [0, 10, STATUS.completed],
    [1, 8, STATUS.completed],
    [1, 8, STATUS.watching],
    [2, 4, STATUS.dropped],
    [1, 0, STATUS.completed],
    [2, 9, STATUS.plan_to_watch],
  ];
  return {
    ...small,
    catalogue: [
      anime(1, { members: 5, year: 2010, season: 'winter' }),
      anime(2, { members: 50, year: 2005, season: 'winter' }),
      anime(3, { members: 500, year: 2010, season: null }),
      anime(4, { members: 7, year: null, season: null }),
    ],
    interactions: {
      users: 4,
      items: 4,
      indptr: Uint32Array.of(0, 2, 4, 5, 6),
      indices: Uint32Array.from(entries, ([item]) => item),
      ratings: Uint8Array.from(entries, ([, rating]) => rating),
      statuses: Uint8Array.from(entries, ([, , status]) => status),
    },
    parts: { ...small.parts, train: { from: 0, to: 4 } },
  };
}

const none = { items: new Uint32Array(), ratings: new Uint8Array(), statuses: new Uint8Array() };
const scoresBy = async (kind: PopularityKind, options = {}) => [
  ...(await popularityBy(kind).fit(fewRatings(), options)).score(none),
];

describe('popularityBy()', () => {
  it('counts who has seen a title, or takes the catalogue’s members', async () => {
    expect(await scoresBy('listings')).toEqual([1, 3, 1, 0]);
    expect(await scoresBy('members')).toEqual([5, 50, 500, 7]);
  });

  it('leans the mean score towards that of all by the prior; planned and unscored titles say nothing', async () => {
    const all = 30 / 4;
    const scores = await scoresBy('score', { prior: 2 });
    const expected = [(10 + 2 * all) / 3, (16 + 2 * all) / 4, (4 + 2 * all) / 3, all];
    for (const [item, score] of expected.entries()) expect(scores[item]).toBeCloseTo(score, 5);
    expect(await scoresBy('score', { prior: 0 })).toEqual([10, 8, 4, 0]);
  });

  it('halves listings for each half-life of age; without a year a title counts as one of the oldest', async () => {
    const scores = await scoresBy('recent', { halfLife: 2.5 });
    // newest: the middle of 2010, half a year after winter
    expect(scores[0]).toBeCloseTo(2 ** -0.2, 5);
    expect(scores[1]).toBeCloseTo(3 * 2 ** -2.2, 5);
    expect(scores[2]).toBe(1);
    expect(scores[3]).toBe(0);
  });

  it('counts only the people it is fitted on', async () => {
    const model = await popularityBy('listings').fit(
      fewRatings(),
      {},
      { users: { from: 2, to: 4 } },
    );
    expect([...model.score(none)]).toEqual([0, 1, 0, 0]);
  });
});

describe('Popularity.load()', () => {
  it('reads what earlier versions wrote, and refuses another kind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'osusume-popularity-'));
    try {
      const listed = { shape: [3], data: Float32Array.of(3, 2, 1) };
      await writeSafetensors(join(folder, 'popularity.safetensors'), { listed });
      await writeSafetensors(join(folder, 'popularity-members.safetensors'), { listed });
      expect([...(await Popularity.load(folder)).score(none)]).toEqual([3, 2, 1]);
      await expect(Popularity.load(folder, 'members')).rejects.toThrow(/members/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
