/** Lists whose best titles a second stage has ordered anew. */
import { expect, it } from 'vitest';
import { type Profile, profileOf, STATUS } from '../../../src/data/interactions.ts';
import { slim } from '../../../src/model/linear/slim.ts';
import { CANDIDATES } from '../../../src/model/rank/lists/list-collector.ts';
import { rank } from '../../../src/model/rank/rank-model.ts';
import { RANK_TRAINING } from '../../../src/model/rank/training-options.ts';
import type { Recommender } from '../../../src/model/recommender.ts';
import { facetsOf } from '../../../src/recommend/facets.ts';
import { Ranker } from '../../../src/recommend/ranker.ts';
import { NO_RULES, rulesFrom } from '../../../src/recommend/rules.ts';
import { smallDataset } from '../../support/small-dataset.ts';

const dataset = smallDataset({ people: 180, titles: 400 });
const { catalogue, items } = dataset;
const hybrid = await slim.fit(dataset, {}, { threads: 1 });
const { seed: _, ...TRAINING } = RANK_TRAINING;
const { second: secondStage } = await rank.fit(
  dataset,
  {
    fewestPeople: 0,
    synthetic: true,
    network: { ...TRAINING, hidden1: 16, hidden2: 8, epochs: 4, batch: 16 },
  },
  { fitted: new Map<string, Recommender>([['slim', hybrid]]), threads: 1 },
);
const facets = facetsOf(catalogue, items);
const plain = new Ranker({ catalogue, facets, models: { hybrid } });
const ranker = new Ranker({ catalogue, facets, models: { hybrid }, secondStage });

const profile: Profile = {
  items: Uint32Array.of(1, 3, 5, 7, 8, 30),
  ratings: Uint8Array.of(9, 8, 7, 9, 5, 8),
  statuses: new Uint8Array(6).fill(STATUS.completed),
};
const idsOf = (by: Ranker, limit: number, rules = NO_RULES) =>
  by.recommend(profile, { limit, rules }).map(({ anime }) => anime.animeId);
const ascending = (ids: number[]) => ids.toSorted((a, b) => a - b);

it('has the best titles in an order of their own, then the others by score', () => {
  const before = idsOf(plain, 400);
  const after = idsOf(ranker, 400);
  expect(after).not.toEqual(before);
  expect(ascending(after.slice(0, CANDIDATES))).toEqual(ascending(before.slice(0, CANDIDATES)));
  expect(after.slice(CANDIDATES)).toEqual(before.slice(CANDIDATES));
});

it('is the order of the model without rules', () => {
  const model = { whole: profileOf(dataset.interactions, 170), part: profile };
  for (const list of Object.values(model)) {
    const { scores } = hybrid.forList(list).rankScores(list);
    const own = scores.slice();
    for (const { anime, score } of ranker.recommend(list, { limit: 30, rules: NO_RULES }))
      expect(score).toBe(own[items.indexOf(anime.animeId)]);
  }
});

it('orders what the rules leave', () => {
  const rules = rulesFrom({ genresIn: ['Mecha'], familiar: false });
  const list = ranker.recommend(profile, { limit: 30, rules });
  expect(list).toHaveLength(30);
  expect(list.every(({ anime, order }) => anime.genres.includes('Mecha') && order !== null)).toBe(
    true,
  );
});

it('says what each group of features added, adding up', () => {
  const list = ranker.recommend(profile, { limit: CANDIDATES + 20, rules: NO_RULES });
  for (const { order } of list.slice(0, CANDIDATES)) {
    const sum = order?.terms.reduce((total, { value }) => total + value, 0);
    expect(order?.value).toBeCloseTo(sum ?? Number.NaN, 5);
  }
  expect(list.slice(CANDIDATES).map(({ order }) => order)).toEqual(new Array(20).fill(null));
  expect(plain.recommend(profile, { limit: 3 }).map(({ order }) => order)).toEqual([
    null,
    null,
    null,
  ]);
});

it('says the same of one title as of a list', () => {
  const [{ anime, order }] = ranker.recommend(profile, { limit: 1, rules: NO_RULES });
  const item = items.indexOf(anime.animeId);
  expect(ranker.orderOf(profile, item, ranker.weigh(profile))).toEqual(order);
  expect(plain.orderOf(profile, item, plain.weigh(profile))).toBeNull();
});

it('judges any title, whether or not it is among the candidates', () => {
  const weights = ranker.weigh(profile);
  const [best] = ranker.recommend(profile, { limit: 1, rules: NO_RULES });
  const last = idsOf(plain, 400).at(-1) as number;
  const bestItem = items.indexOf(best.anime.animeId);
  expect(ranker.judge(profile, bestItem, weights)?.order).toEqual(best.order);
  expect(ranker.orderOf(profile, items.indexOf(last), weights)).toBeNull();
  const judged = ranker.judge(profile, items.indexOf(last), weights);
  const sum = judged?.order.terms.reduce((total, { value }) => total + value, 0);
  expect(sum).toBeCloseTo(judged?.order.value as number, 3);
  for (const group of judged?.speakingFor ?? [])
    expect(judged?.speakingAgainst).not.toContain(group);
});
