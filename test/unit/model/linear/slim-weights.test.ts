import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSlimOptions } from '../../../../src/config/model-options.ts';
import { type Profile, STATUS } from '../../../../src/data/interactions.ts';
import { BlockSymmetricMatrix } from '../../../../src/linalg/block-symmetric-matrix.ts';
import { addContent, addUsers } from '../../../../src/model/gram/gram-matrices.ts';
import { ItemWeights } from '../../../../src/model/item-weights/item-weights.ts';
import { slim, solveSlim, titlesOf } from '../../../../src/model/linear/slim.ts';
import { PARTS, SlimWeights } from '../../../../src/model/linear/slim-weights.ts';
import { fallingWeights, slimOf, WEIGHTS } from '../../../support/small-catalogue.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const TITLES = 200;

function list(seen: number, isWhole?: boolean, planned = 0): Profile {
  const statuses = new Uint8Array(seen + planned).fill(STATUS.completed);
  statuses.fill(STATUS.plan_to_watch, seen);
  return {
    items: Uint32Array.from(statuses, (_, at) => at),
    ratings: new Uint8Array(seen + planned),
    statuses,
    isWhole,
  };
}

describe('sharesFor()', () => {
  const model = slimOf(fallingWeights(TITLES));
  const nameFor = (...asked: Parameters<typeof list>) => {
    const shares = model.sharesFor(list(...asked));
    return shares.map(({ weights }) => weights.name).join(' + ');
  };

  it('takes a list of unknown kind for a part while hardly any whole one is as short, then for more and more whole', () => {
    expect(nameFor(0)).toBe('slim-part-10');
    expect(nameFor(5)).toBe('slim-part-10');
    expect(nameFor(6)).toBe('slim + slim-part-10');
    expect(nameFor(19)).toBe('slim + slim-part-10 + slim-part-30');
    expect(nameFor(20)).toBe('slim');
    const wholeShares = Array.from({ length: 14 }, (_, n) => model.sharesFor(list(6 + n))[0].share);
    expect(wholeShares).toEqual([...wholeShares].sort((a, b) => a - b));
  });

  it('takes the weights fitted for the length of a part, and mixes those of the sizes around it', () => {
    const names = [1, 10, 17, 30, 46, 70].map((seen) => nameFor(seen, false));
    expect(names).toEqual([
      ...['slim-part-10', 'slim-part-10', 'slim-part-10 + slim-part-30', 'slim-part-30'],
      ...['slim-part-30 + slim-part-70', 'slim-part-70'],
    ]);
    expect(nameFor(99, false)).toBe('slim + slim-part-70');
    expect(nameFor(140, false)).toBe('slim');
    for (const seen of [0, 12, 18, 33, 99, 150])
      for (const isWhole of [false, undefined]) {
        const shares = model.sharesFor(list(seen, isWhole));
        expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
      }
  });

  it('moves no share by more than a sixth for one title more', () => {
    const shareOf = (seen: number, name: string) =>
      model.sharesFor(list(seen, false)).find(({ weights }) => weights.name === name)?.share ?? 0;
    for (let seen = 1; seen < 160; seen++)
      for (const { name } of model.all)
        expect(Math.abs(shareOf(seen + 1, name) - shareOf(seen, name))).toBeLessThan(1 / 6);
  });

  it('takes a whole list for whole, however short', () => {
    expect(nameFor(0, true)).toBe('slim');
    expect(nameFor(3, true)).toBe('slim');
  });

  it('does not count planned titles', () => {
    expect(nameFor(5, undefined, 50)).toBe('slim-part-10');
    expect(nameFor(10, false, 50)).toBe('slim-part-10');
  });

  it('has the weights for whole lists for everyone when there are no others', () => {
    const alone = new SlimWeights(model.whole);
    expect(alone.forList(list(3))).toBe(alone.whole);
    expect(alone.forList(list(9))).toBe(alone.whole);
  });

  it('is what score() goes by', () => {
    const twice = fallingWeights(TITLES);
    const parts = PARTS.map(
      ({ titles }) =>
        new ItemWeights(
          `slim-part-${titles}`,
          { ...twice, values: twice.values.map((value) => titles * value) },
          WEIGHTS,
        ),
    );
    const mixed = new SlimWeights(model.whole, parts);
    for (const [seen, factor] of [
      [5, 10],
      [30, 30],
      [70, 70],
    ]) {
      const scores = mixed.score(list(seen, false));
      expect(scores).toEqual(mixed.forList(list(seen, false)).score(list(seen, false)));
      expect(scores[150] / model.whole.score(list(seen))[150]).toBeCloseTo(factor, 3);
    }
  });
});

it('refuses parts about other titles', () => {
  const few = slimOf(fallingWeights(3));
  expect(() => new SlimWeights(slimOf(fallingWeights(4)).whole, few.parts)).toThrow(
    /"slim-part-10" has 3 items, "slim" 4/,
  );
});

it('comes back as it was saved, and says which file is missing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'osusume-slim-'));
  try {
    const model = await slim.fit(smallDataset(), parseSlimOptions({}), { threads: 1 });
    await model.save(folder);
    const loaded = await SlimWeights.load(folder, 'slim');
    for (const seen of [0, 3, 20, 40])
      for (const isWhole of [true, false, undefined])
        expect(loaded.score(list(seen, isWhole))).toEqual(model.score(list(seen, isWhole)));
    await rm(join(folder, 'slim-part-30.safetensors'));
    await expect(SlimWeights.load(folder, 'slim')).rejects.toThrow(/slim-part-30\.safetensors/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe('weights for parts', () => {
  it('are those of a regression with as much dropout, scaled to the size of the others', async () => {
    const dataset = smallDataset({ people: 120, titles: 30 });
    const options = parseSlimOptions({ prior: 0 });
    const model = await slim.fit(dataset, options, { threads: 1 });
    const gram = new BlockSymmetricMatrix(30);
    await addUsers(gram, dataset, dataset.parts.train, options, { threads: 1 });
    await addContent(gram, dataset, options, { threads: 1 });
    const titles = titlesOf(dataset, dataset.parts.train);
    for (const [at, { dropout }] of PARTS.entries()) {
      const alone = await solveSlim(gram, titles, { ...options, dropout }, { threads: 1 });
      const profile = list(9);
      const expected = alone.score(profile);
      const scores = model.parts[at].score(profile);
      const scale = (1 - options.dropout) / (1 - dropout);
      for (let j = 0; j < 30; j++) expect(scores[j]).toBeCloseTo(scale * expected[j], 4);
    }
  });

  it('lean on what is known of everybody, the more the shorter the part', async () => {
    const model = await slim.fit(smallDataset(), parseSlimOptions({ prior: 0.4 }), { threads: 1 });
    const nobody = list(0, false);
    const priors = [model.whole, ...model.parts].map((weights) => weights.priorsOf(nobody, [0])[0]);
    const [whole, ...parts] = priors;
    expect(parts[0]).toBeCloseTo(whole * Math.SQRT2, 6);
    expect(parts[1]).toBeCloseTo(whole * Math.sqrt(2 / 3), 6);
    expect(parts[2]).toBeCloseTo(whole * Math.sqrt(2 / 7), 6);
  });
});
