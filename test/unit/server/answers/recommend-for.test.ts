/** Requests say whether a list is whole; whatever answers them goes by the same weights. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeArtefact } from '../../../../src/home/artefact.ts';
import { ItemWeights } from '../../../../src/model/item-weights/item-weights.ts';
import { PARTS, partName, SlimWeights } from '../../../../src/model/linear/slim-weights.ts';
import { openBundle } from '../../../../src/recommend/bundle.ts';
import { writeBundle } from '../../../../src/recommend/bundle-file.ts';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import { newHome, smallParts } from '../../../support/small-bundle.ts';
import { CATALOGUE, fallingWeights, WEIGHTS } from '../../../support/small-catalogue.ts';

let home: string;
let app: App;
const bundles = new CurrentBundle();

beforeAll(async () => {
  home = await newHome();
  const parts = smallParts();
  // For parts of lists the last title is the first.
  const falling = fallingWeights(CATALOGUE.length);
  const rising = { ...falling, values: falling.values.map((value) => 1 - value) };
  const slim = new SlimWeights(
    parts.models.slim.whole,
    PARTS.map(({ titles }) => new ItemWeights(partName(titles), rising, WEIGHTS)),
  );
  await writeArtefact(home, 'bundle', (folder) =>
    writeBundle(folder, { ...parts, models: { ...parts.models, slim } }),
  );
  bundles.replace(await openBundle(home));
  app = await buildApp({ bundles, page: null, report: () => {} });
});
afterAll(async () => {
  await app.close();
  await bundles.close();
  await rm(home, { recursive: true });
});

const last = CATALOGUE.length - 1;
const ratings = [{ animeId: CATALOGUE[0].animeId, rating: 9 }];

async function post(url: string, payload: object) {
  const response = await app.inject({ method: 'POST', url, payload });
  return { status: response.statusCode, text: response.payload };
}

async function best(asked: object): Promise<number> {
  const { status, text } = await post('/api/recommendations', {
    ratings,
    rules: 'none',
    limit: 1,
    ...asked,
  });
  expect(status).toBe(200);
  return JSON.parse(text).items[0].anime.animeId;
}

describe('whole', () => {
  it('chooses the weights; a short list is a part by default', async () => {
    expect(await best({})).toBe(CATALOGUE[last].animeId);
    expect(await best({ whole: false })).toBe(CATALOGUE[last].animeId);
    expect(await best({ whole: true })).toBe(CATALOGUE[1].animeId);
  });

  it('is read in any order of fields', async () => {
    const shuffled = { whole: true, rules: 'none', limit: 1, ratings };
    const { text } = await post('/api/recommendations', shuffled);
    expect(JSON.parse(text).items[0].anime.animeId).toBe(CATALOGUE[1].animeId);
  });

  it('is read for each profile of a batch', async () => {
    const profiles = [true, false].map((whole) => ({ ratings, whole, rules: 'none', limit: 1 }));
    const { text } = await post('/api/recommendations:batch', { profiles });
    const lines = text.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).items[0].anime.animeId)).toEqual([
      CATALOGUE[1].animeId,
      CATALOGUE[last].animeId,
    ]);
  });

  it.each([true, false])('an explanation has the score of the list (%s)', async (whole) => {
    const list = await post('/api/recommendations', { ratings, whole, rules: 'none' });
    const [{ anime, score }] = JSON.parse(list.text).items;
    const why = await post('/api/explanations', { ratings, whole, animeId: anime.animeId });
    expect(JSON.parse(why.text).facts.score).toBeCloseTo(score, 6);
  });

  it('is an argument in GraphQL', async () => {
    const query = `{ recommendations(ratings: [{ animeId: ${CATALOGUE[0].animeId}, rating: 9 }], whole: true, withoutRules: true, limit: 1) { items { anime { animeId } } } }`;
    const { text } = await post('/graphql', { query });
    expect(JSON.parse(text).data.recommendations.items[0].anime.animeId).toBe(CATALOGUE[1].animeId);
  });

  it.each(['/api/recommendations', '/api/taste'])('is true or false at %s', async (url) => {
    const { status, text } = await post(url, { ratings, whole: 'yes' });
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ field: 'whole' });
  });
});
