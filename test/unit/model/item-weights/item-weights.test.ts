import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WeightOptions } from '../../../../src/config/model-options.ts';
import { type Csr, transpose } from '../../../../src/data/csr.ts';
import type { Profile } from '../../../../src/data/interactions.ts';
import { random } from '../../../../src/data/random.ts';
import { ArtefactError } from '../../../../src/error.ts';
import { writeSafetensors } from '../../../../src/home/safetensors.ts';
import { ItemWeights } from '../../../../src/model/item-weights/item-weights.ts';
import { ScoreMultipliers } from '../../../../src/model/item-weights/score-multipliers.ts';
import { randomCsr } from '../../../support/random-csr.ts';

const WEIGHTS = Value.Default(WeightOptions, {}) as WeightOptions;

function randomProfile(size: number, seed: number): Profile {
  const uniform = random(seed);
  const items = Uint32Array.from(
    Array.from({ length: size }, (_, i) => i).filter(() => uniform() < 0.4),
  );
  return {
    items,
    ratings: Uint8Array.from(items, () => Math.floor(uniform() * 11)),
    statuses: Uint8Array.from(items, () => [1, 2, 3, 4, 6][Math.floor(uniform() * 5)]),
  };
}

/** 0 → 1 (.5), 0 → 2 (.2); 1 → 0 (.1); 3 → 0 (.9), 3 → 2 (−.4) */
const SMALL: Csr = {
  rows: 4,
  columns: 4,
  indptr: Uint32Array.of(0, 2, 3, 3, 5),
  indices: Uint32Array.of(1, 2, 0, 0, 2),
  values: Float32Array.of(0.5, 0.2, 0.1, 0.9, -0.4),
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'item-weights-'));
});
afterAll(() => rm(folder, { recursive: true }));

const cases = fc.record({
  size: fc.integer({ min: 1, max: 50 }),
  density: fc.double({ min: 0, max: 1, noNaN: true }),
  seed: fc.integer(),
});

describe('ItemWeights.score()', () => {
  it('is the profile weights times B', () => {
    const model = new ItemWeights('slim', SMALL, WEIGHTS);
    const profile: Profile = {
      items: Uint32Array.of(0, 3),
      ratings: Uint8Array.of(0, 0),
      statuses: Uint8Array.of(2, 4),
    };
    expect([...model.weigh(profile)]).toEqual([0.7, 0.1].map(Math.fround));
    const scores = model.score(profile);
    expect(scores[0]).toBeCloseTo(0.1 * 0.9, 6);
    expect(scores[1]).toBeCloseTo(0.7 * 0.5, 6);
    expect(scores[2]).toBeCloseTo(0.7 * 0.2 - 0.1 * 0.4, 6);
    expect(scores[3]).toBe(0);
  });

  it('is all zeros when the profile is empty', () => {
    const empty: Profile = {
      items: new Uint32Array(0),
      ratings: new Uint8Array(0),
      statuses: new Uint8Array(0),
    };
    expect(new ItemWeights('slim', SMALL, WEIGHTS).score(empty)).toEqual(new Float32Array(4));
  });

  it('agrees with a dense product in float64 on random matrices', () => {
    fc.assert(
      fc.property(cases, ({ size, density, seed }) => {
        const matrix = randomCsr(size, density, seed);
        const model = new ItemWeights('any', matrix, WEIGHTS);
        const profile = randomProfile(size, seed + 1);
        const expected = new Float64Array(size);
        const weights = model.weigh(profile);
        profile.items.forEach((i, p) => {
          for (let q = matrix.indptr[i]; q < matrix.indptr[i + 1]; q++)
            expected[matrix.indices[q]] += weights[p] * matrix.values[q];
        });
        const scores = model.score(profile);
        for (let j = 0; j < size; j++) expect(Math.abs(scores[j] - expected[j])).toBeLessThan(1e-4);
      }),
      { numRuns: 60 },
    );
  });

  it('handles a profile that is longer than any before', () => {
    const size = 5000;
    const indptr = Uint32Array.from({ length: size + 1 }, (_, i) => Math.min(i, size - 1));
    const chain = {
      rows: size,
      columns: size,
      indptr,
      indices: Uint32Array.from({ length: size - 1 }, (_, i) => i + 1),
      values: new Float32Array(size - 1).fill(1),
    };
    const all = {
      items: Uint32Array.from({ length: size }, (_, i) => i),
      ratings: new Uint8Array(size),
      statuses: new Uint8Array(size).fill(2),
    };
    const scores = new ItemWeights('chain', chain, WEIGHTS).score(all);
    expect(scores[0]).toBe(0);
    expect(scores[size - 1]).toBe(Math.fround(0.7));
  });
});

describe('ItemWeights.contributions()', () => {
  it('adds up to the score exactly, in float32 and in the order of the profile', () => {
    fc.assert(
      fc.property(cases, ({ size, density, seed }) => {
        const model = new ItemWeights('any', randomCsr(size, density, seed), WEIGHTS);
        const profile = randomProfile(size, seed + 1);
        const scores = model.score(profile);
        for (let item = 0; item < size; item++) {
          const parts = model.contributions(profile, item);
          expect(parts).toHaveLength(profile.items.length);
          expect(parts.reduce((sum, part) => Math.fround(sum + part), 0)).toBe(scores[item]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the prior', () => {
  const prior = Float32Array.of(0.1, 0.2, 0.3, 0.4);
  const listOf = (size: number, status: number): Profile => ({
    items: Uint32Array.from({ length: size }, (_, i) => i),
    ratings: new Uint8Array(size),
    statuses: new Uint8Array(size).fill(status),
  });

  it('is the score of a user of whom nothing is known, planned titles included', () => {
    const model = new ItemWeights('slim', SMALL, WEIGHTS, prior);
    expect(model.score(listOf(0, 2))).toEqual(prior);
    expect(model.score(listOf(3, 6))).toEqual(prior);
  });

  it('counts a fifth of five titles for each title seen beyond five', () => {
    const size = 50;
    const none = { ...randomCsr(size, 0, 1) };
    const all = new Float32Array(size).fill(1);
    const model = new ItemWeights('any', none, WEIGHTS, all);
    expect(model.score(listOf(5, 2))[0]).toBe(1);
    expect(model.score(listOf(50, 2))[0]).toBeCloseTo(0.1, 6);
  });

  it('with the contributions it adds up to the score exactly, also after saving and loading', async () => {
    const model = new ItemWeights('slim', SMALL, WEIGHTS, prior);
    await model.save(folder);
    const loaded = await ItemWeights.load(folder, 'slim');
    const profile = listOf(4, 2);
    expect(loaded.score(profile)).toEqual(model.score(profile));
    for (let item = 0; item < 4; item++) {
      const parts = model.contributions(profile, item);
      const sum = parts.reduce((total, part) => Math.fround(total + part), prior[item]);
      expect(sum).toBe(model.score(profile)[item]);
    }
  });

  it('must have a finite number for every title', () => {
    expect(() => new ItemWeights('slim', SMALL, WEIGHTS, new Float32Array(3))).toThrow(
      /expected 4/,
    );
    expect(() => new ItemWeights('slim', SMALL, WEIGHTS, prior.with(2, Number.NaN))).toThrow(
      /finite/,
    );
  });
});

describe('multipliers', () => {
  // Items 0 and 1 are a story; of the list below the later part is seen.
  const places = {
    years: new Uint16Array(4),
    stories: Uint32Array.of(1, 1, 0, 0),
    positions: Uint16Array.of(1, 2, 0, 0),
  };
  const types = { Special: 0, OVA: 0, Movie: 0 };
  const multipliers = new ScoreMultipliers(places, {
    later: 0.2,
    sequel: 0,
    liking: 0.5,
    newer: 0,
    types,
  });
  const prior = Float32Array.of(0.1, 0.2, 0.3, 0.4);
  const plain = new ItemWeights('slim', SMALL, WEIGHTS, prior);
  const model = new ItemWeights('slim', SMALL, WEIGHTS, prior, 'newcomers', multipliers);
  const profile: Profile = {
    items: Uint32Array.of(1, 2, 3),
    ratings: Uint8Array.of(9, 6, 8),
    statuses: new Uint8Array(3).fill(2),
  };

  it('multiply what a title would have without', () => {
    const [weight] = model.weigh(profile);
    const liked = 0.5 * (weight - 1);
    const factors = [Math.exp(0.2 + liked), Math.exp(liked), 1, 1];
    const scores = model.score(profile);
    plain.score(profile).forEach((score, item) => {
      expect(scores[item]).toBeCloseTo(score * factors[item], 5);
    });
    expect(scores[0]).not.toBeCloseTo(plain.score(profile)[0], 3);
  });

  it('are in each contribution and in the prior, so that these add up to the score', () => {
    const weights = model.weigh(profile);
    const items = [0, 1, 2, 3];
    const scores = model.score(profile);
    const priors = model.priorsOf(profile, items);
    const { ends, parts, totals } = model.explain(profile, weights, items, 10);
    for (const item of items) {
      const own = model.contributions(profile, item).reduce((sum, value) => sum + value, 0);
      const told = parts
        .slice(ends[item - 1] ?? 0, ends[item])
        .reduce((sum, value) => sum + value, 0);
      expect(own + priors[item]).toBeCloseTo(scores[item], 5);
      expect(told).toBeCloseTo(totals[item], 5);
      expect(totals[item]).toBeCloseTo(own, 5);
    }
  });

  it('come back as they were saved', async () => {
    const saved = await mkdtemp(join(tmpdir(), 'osusume-'));
    try {
      await model.save(saved);
      const loaded = await ItemWeights.load(saved, 'slim');
      expect(loaded.multipliers?.options).toEqual(multipliers.options);
      expect(loaded.multipliers?.places).toEqual(places);
      expect(loaded.score(profile)).toEqual(model.score(profile));
    } finally {
      await rm(saved, { recursive: true });
    }
  });

  it('must be of as many titles', () => {
    const three = new ScoreMultipliers(
      { years: new Uint16Array(3), stories: new Uint32Array(3), positions: new Uint16Array(3) },
      multipliers.options,
    );
    expect(() => new ItemWeights('slim', SMALL, WEIGHTS, null, 'newcomers', three)).toThrow(
      /multipliers of 3 titles, expected 4/,
    );
  });

  it('of an altered file are refused', async () => {
    const saved = await mkdtemp(join(tmpdir(), 'osusume-'));
    try {
      await model.save(saved);
      const path = join(saved, 'slim.safetensors');
      const bytes = await readFile(path);
      bytes.write('"latex', bytes.indexOf('"later'));
      await writeFile(path, bytes);
      await expect(ItemWeights.load(saved, 'slim')).rejects.toThrow(/altered: .*odds/);
    } finally {
      await rm(saved, { recursive: true });
    }
  });
});

describe('ItemWeights.similarItems()', () => {
  it('ranks by both directions, leaves the title itself out and never returns a negative tie', () => {
    const model = new ItemWeights('any', SMALL, WEIGHTS);
    const { items, scores } = model.similarItems(0, 10);
    expect([...items]).toEqual([3, 1, 2]);
    expect(scores[0]).toBeCloseTo(0.45, 6);
    expect(scores[1]).toBeCloseTo(0.3, 6);
    expect([...model.similarItems(3, 10).items]).toEqual([0]);
    expect([...model.similarItems(0, 1).items]).toEqual([3]);
  });

  it('is empty when nothing is known about the title', () => {
    const none: Csr = {
      rows: 2,
      columns: 2,
      indptr: new Uint32Array(3),
      indices: new Uint32Array(0),
      values: new Float32Array(0),
    };
    expect(new ItemWeights('any', none, WEIGHTS).similarItems(1, 5).items).toHaveLength(0);
  });
});

describe('ItemWeights constructor', () => {
  const broken: [string, Partial<Csr>, RegExp][] = [
    ['B is not square', { columns: 5 }, /square/],
    ['indptr is short', { indptr: Uint32Array.of(0, 5) }, /indptr has 2/],
    ['values are missing', { values: new Float32Array(3) }, /3 values/],
    [
      'a column is out of range',
      { indices: Uint32Array.of(1, 9, 0, 0, 2) },
      /row 0 names column 9/,
    ],
    ['a row does not ascend', { indices: Uint32Array.of(2, 1, 0, 0, 2) }, /row 0 does not ascend/],
    ['a value is not finite', { values: Float32Array.of(1, Number.NaN, 1, 1, 1) }, /NaN/],
    ['a row ends before it begins', { indptr: Uint32Array.of(0, 2, 1, 3, 5) }, /row 1 ends before/],
  ];
  it.each(broken)('refuses when %s', (_what, part, message) => {
    expect(() => new ItemWeights('slim', { ...SMALL, ...part }, WEIGHTS)).toThrow(message);
  });

  it('refuses a name that is not a file name', () => {
    expect(() => new ItemWeights('../slim', SMALL, WEIGHTS)).toThrow(/name/);
  });
});

describe('ItemWeights.save() and load()', () => {
  it('gives the same scores and options back', async () => {
    const matrix = randomCsr(40, 0.3, 7);
    const options = { ...WEIGHTS, slope: 0.4 };
    await new ItemWeights('round', matrix, options).save(folder);
    const loaded = await ItemWeights.load(folder, 'round');
    const profile = randomProfile(40, 3);
    expect(loaded.options).toEqual(options);
    expect(loaded.score(profile)).toEqual(new ItemWeights('round', matrix, options).score(profile));
    expect(transpose(transpose(matrix))).toEqual(matrix);
  });

  it('refuses a truncated file, naming it', async () => {
    await new ItemWeights('cut', SMALL, WEIGHTS).save(folder);
    const path = join(folder, 'cut.safetensors');
    await truncate(path, (await readFile(path)).length - 4);
    await expect(ItemWeights.load(folder, 'cut')).rejects.toThrow(ArtefactError);
    await expect(ItemWeights.load(folder, 'cut')).rejects.toThrow(/cut\.safetensors/);
  });

  it('refuses altered indices, foreign files and wrong shapes', async () => {
    await new ItemWeights('bent', SMALL, WEIGHTS).save(folder);
    const path = join(folder, 'bent.safetensors');
    const bytes = await readFile(path);
    const indices = bytes.length - 2 * 5;
    bytes.writeUInt16LE(77, indices);
    await writeFile(path, bytes);
    await expect(ItemWeights.load(folder, 'bent')).rejects.toThrow(/altered: .*column 77/);

    await writeFile(join(folder, 'text.safetensors'), 'this is not a model at all');
    await expect(ItemWeights.load(folder, 'text')).rejects.toThrow(ArtefactError);

    const metadata = {
      format: 'osusume-item-weights-3',
      name: 'odd',
      items: '9',
      options: JSON.stringify(WEIGHTS),
    };
    const tensors = {
      indptr: { shape: [5], data: SMALL.indptr },
      indices: { shape: [5], data: Uint16Array.from(SMALL.indices) },
      values: { shape: [5], data: SMALL.values },
    };
    await writeSafetensors(join(folder, 'odd.safetensors'), tensors, metadata);
    await expect(ItemWeights.load(folder, 'odd')).rejects.toThrow(/states 9 items/);
    await writeSafetensors(join(folder, 'plain.safetensors'), tensors);
    await expect(ItemWeights.load(folder, 'plain')).rejects.toThrow(/format/);
    await writeSafetensors(join(folder, 'vague.safetensors'), tensors, {
      ...metadata,
      items: '4',
      options: '{}',
    });
    await expect(ItemWeights.load(folder, 'vague')).rejects.toThrow(/no readable options/);
  });
});
