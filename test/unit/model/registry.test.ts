import { describe, expect, it } from 'vitest';
import { parseSlimOptions } from '../../../src/config/model-options.ts';
import { popularity } from '../../../src/model/baseline/popularity.ts';
import { fittedBefore } from '../../../src/model/recommender.ts';
import { DEFAULT_MODELS, type ModelSettings, planModels } from '../../../src/model/registry.ts';
import { smallDataset } from '../../support/small-dataset.ts';

const slim = parseSlimOptions({ regularization: 20, weights: { slope: 0.4 } });
const plan = (more: Partial<ModelSettings> = {}, names?: string[]) =>
  planModels({ slim, models: {}, seed: null, ...more }, names);
const optionsOf = (name: string, more: Partial<ModelSettings> = {}) =>
  plan(more, [name])[0].options;

describe('planModels()', () => {
  it('plans what publishing needs by default', () => {
    expect(
      plan()
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...DEFAULT_MODELS].sort());
  });

  it('takes the models of the configuration, and those that are named before them', () => {
    const models = { slim: {}, popularity: {} };
    expect(plan({ models }).map(({ name }) => name)).toEqual(['popularity', 'slim']);
    expect(plan({ models }, ['content']).map(({ name }) => name)).toEqual(['content']);
  });

  it('takes "all" for every model, what is made of others last', () => {
    const names = plan({}, ['all']).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...DEFAULT_MODELS, 'ials', 'embedding', 'plot']));
    const expectAfter = (name: string, ...others: string[]) => {
      for (const other of others) expect(names.indexOf(name)).toBeGreaterThan(names.indexOf(other));
    };
    expectAfter('user-knn-embedding', 'embedding');
    expectAfter('public-flow', 'user-knn');
    expectAfter('public-flow-even', 'user-knn');
    expectAfter('public-flow-embedding', 'user-knn-embedding');
    expect(names.slice(-2)).toEqual(['blend', 'rank']);
  });

  it('fits what reads the matrix of slim before slim overwrites it', () => {
    const names = plan({}, ['slim', 'item-knn', 'popularity']).map(({ name }) => name);
    expect(names.indexOf('item-knn')).toBeLessThan(names.indexOf('slim'));
  });

  it('gives a model its own options, those of slim that it shares, and defaults', () => {
    expect(optionsOf('slim')).toEqual(slim);
    expect(optionsOf('item-knn', { models: { 'item-knn': { neighbours: 7 } } })).toEqual({
      bm25: { K1: 100, B: 0.8 },
      neighbours: 7,
      damping: 10,
      normalization: 0,
      centred: false,
      userNormalization: slim.userNormalization,
      weights: slim.weights,
    });
    expect(optionsOf('content')).toMatchObject({ features: slim.features, weights: slim.weights });
    expect(optionsOf('slim', { models: { slim: { dropout: 0.3 } } })).toEqual({
      ...slim,
      dropout: 0.3,
    });
  });

  it('changes the weights that are given, and leaves the others as slim has them', () => {
    const weights = { floor: 0.25, unscored: { dropped: 0.2 } };
    const { weights: own } = slim;
    const expected = { ...own, floor: 0.25, unscored: { ...own.unscored, dropped: 0.2 } };
    expect(expected.slope).toBe(0.4);
    for (const name of ['item-knn', 'ease', 'ials', 'slim', 'content'])
      expect(optionsOf(name, { models: { [name]: { weights } } })).toMatchObject({
        weights: expected,
      });
    expect(slim.weights).toEqual(own);
    expect(() => plan({ models: { ease: { weights: 0.5 } } })).toThrow(
      /train\.models\.ease\.weights/,
    );
  });

  it('gives the seed to none that has no such option', () => {
    const [seeded, ...others] = plan({ seed: 7 }).reverse();
    expect(seeded).toMatchObject({ name: 'rank', options: { seed: 7 } });
    for (const { options } of others) expect(options).not.toHaveProperty('seed');
  });

  it('names what is wrong', () => {
    expect(() => plan({}, ['pupularity'])).toThrow(/"pupularity".*popularity/);
    expect(() => plan({ models: { nothing: {} } })).toThrow(/"nothing"/);
    expect(() => plan({}, [])).toThrow(/No model/);
    expect(() => plan({ models: { 'item-knn': { neighbours: 0 } } })).toThrow(
      /train\.models\.item-knn\.neighbours .*0/,
    );
    expect(() => plan({ models: { 'item-knn': { k: 3 } } })).toThrow(
      /train\.models\.item-knn\.k is not an option/,
    );
  });
});

describe('fittedBefore()', () => {
  it('finds a model of the run, or says which one to add', async () => {
    const model = await popularity.fit(smallDataset(), {});
    const fitted = new Map([['popularity', model]]);
    expect(fittedBefore('popularity', { fitted }, 'blend')).toBe(model);
    expect(() => fittedBefore('slim', { fitted }, 'blend')).toThrow(/blend is made of slim/);
  });
});
