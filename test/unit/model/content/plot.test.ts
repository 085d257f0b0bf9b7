import { describe, expect, it } from 'vitest';
import { type Profile, STATUS } from '../../../../src/data/interactions.ts';
import { plot } from '../../../../src/model/content/plot.ts';
import { TitleVectors } from '../../../../src/model/title-vectors.ts';
import { anime, smallDataset } from '../../../support/small-dataset.ts';

const { weights } = { weights: { unscored: { completed: 1 } } } as const;
const { options: WEIGHTS } = await plot.fit(smallDataset(), { weights } as never);

function completed(...items: number[]): Profile {
  return {
    items: Uint32Array.from(items),
    ratings: new Uint8Array(items.length),
    statuses: new Uint8Array(items.length).fill(STATUS.completed),
  };
}

describe('TitleVectors', () => {
  const vectors = Float32Array.of(3, 4, 0, 2, 0, 0, -1, 0);
  const model = new TitleVectors('plot', vectors, 2, WEIGHTS);

  it('scores by the sum of cosines with the profile’s titles; an empty vector is like nothing', () => {
    const expected = [1 + 0.8, 0.8 + 1, 0, -0.6];
    for (const [item, score] of expected.entries())
      expect(model.score(completed(0, 1))[item]).toBeCloseTo(score, 5);
    expect([...model.vectorOf(2)]).toEqual([0, 0]);
  });

  it('ranks similar titles by cosine', () => {
    const { items, scores } = model.similarItems(0, 2);
    expect([...items]).toEqual([1, 2]);
    expect(scores[0]).toBeCloseTo(0.8, 5);
  });

  it('refuses numbers that are no vectors', () => {
    expect(() => new TitleVectors('plot', vectors, 3, WEIGHTS)).toThrow(/8 numbers/);
    expect(() => new TitleVectors('plot', vectors, 0, WEIGHTS)).toThrow(RangeError);
    expect(() => new TitleVectors('plot', Float32Array.of(1, Number.NaN), 2, WEIGHTS)).toThrow(
      /finite/,
    );
  });
});

describe('plot.fit()', () => {
  it('brings titles together whose words are of a kind, though none is the same', async () => {
    const dataset = smallDataset();
    // "mecha" and "pilot" meet in many titles; title 0 has only the one, title 1 only the other.
    const catalogue = dataset.catalogue.map((_, item) =>
      anime(100 + item, {
        genres:
          item === 0
            ? ['Mecha']
            : item === 1
              ? ['Pilots']
              : item < 30
                ? ['Mecha', 'Pilots']
                : ['Romance', 'School'],
      }),
    );
    const model = await plot.fit(
      { ...dataset, catalogue },
      { dimensions: 2, features: { ...NO_FACETS, genre: 1 } },
    );
    const cosine = (a: Float32Array, b: Float32Array) =>
      a.reduce((sum, value, d) => sum + value * b[d], 0);
    expect(cosine(model.vectorOf(0), model.vectorOf(1))).toBeGreaterThan(0.9);
    expect(Math.abs(cosine(model.vectorOf(0), model.vectorOf(40)))).toBeLessThan(0.1);
  });

  it('knows nothing of titles that nothing is known about', async () => {
    const dataset = smallDataset();
    const model = await plot.fit(dataset, { features: NO_FACETS });
    expect([...model.score(completed(1, 2))]).toEqual(new Array(60).fill(0));
  });
});

const NO_FACETS = {
  genre: 0,
  studio: 0,
  source: 0,
  type: 0,
  ratingClass: 0,
  decade: 0,
  season: 0,
  franchise: 0,
  synopsis: 0,
};
