import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  openTextGeneration,
  type TextGenerationOptions,
} from '../../../../src/explain/text-generation.ts';
import { openBundle } from '../../../../src/recommend/bundle.ts';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { drainConnections } from '../../../../src/server/limits/drain.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import {
  begin,
  type ModelServer,
  modelServer,
  piece,
  says,
  status,
} from '../../../support/model-server.ts';
import { newHome, publishSmall } from '../../../support/small-bundle.ts';

let home: string;
let plain: App;
let model: ModelServer;
const bundles = new CurrentBundle();
const closeAll: (() => Promise<void>)[] = [];

beforeAll(async () => {
  home = await newHome();
  await publishSmall(home);
  bundles.replace(await openBundle(home));
  plain = await buildApp({ bundles, page: null, report: () => {} });
});
beforeEach(async () => {
  model = await modelServer();
});
afterEach(async () => {
  await Promise.all(closeAll.splice(0).map((close) => close()));
  await model.close();
});
afterAll(async () => {
  await plain.close();
  await bundles.close();
  await rm(home, { recursive: true });
});

async function appWith(options: TextGenerationOptions = {}): Promise<App> {
  const words = await openTextGeneration({ baseUrl: model.url, model: 'small', ...options });
  const app = await buildApp({ bundles, page: null, textGeneration: words, report: () => {} });
  closeAll.push(() => drainConnections(app.server, () => app.close()));
  return app;
}

async function ask(app: App, query: string, variables: object = {}, remoteAddress = '192.0.2.1') {
  const payload = { query, variables };
  const headers = { accept: 'application/graphql-response+json' };
  const response = await app.inject({
    method: 'POST',
    url: '/graphql',
    payload,
    remoteAddress,
    headers,
  });
  return { status: response.statusCode, ...response.json() };
}

const explanation = (given: string, fields = 'text by why') =>
  `{ explanation(ratings: [{ animeId: 0, rating: 9 }], ${given}) { ${fields} } }`;
const LOVED = says('You loved Known. It is for you.');

describe('explanation', () => {
  it('answers as POST /api/explanations does, in either language, with rules and without', async () => {
    const question = `query(
      $ratings: [RatingInput!]!, $language: Language, $titles: TitleName, $rules: RulesInput, $free: Boolean, $because: Int
    ) {
      explanation(
        ratings: $ratings, animeId: 10, language: $language, titles: $titles, rules: $rules, withoutRules: $free,
        because: $because
      ) {
        text by why language score prior dominant ignored bundle anime { animeId }
        because { anime { animeId } share shareOfScore contribution } order { value terms { group value } shown } shared { genres studios source themes }
      }
    }`;
    const ratings = [{ animeId: 0, rating: 9 }, { animeId: 777 }];
    for (const [variables, wishes] of [
      [{}, {}],
      [
        { language: 'ja', titles: 'japanese' },
        { language: 'ja', titles: 'japanese' },
      ],
      [{ rules: { without: [0] } }, { rules: { without: [0] } }],
      [
        { free: true, because: 0 },
        { rules: 'none', because: 0 },
      ],
    ] as const) {
      const { data, errors } = await ask(plain, question, { ratings, ...variables });
      expect(errors).toBeUndefined();
      const payload = { ratings, animeId: 10, ...wishes };
      const posted = (
        await plain.inject({ method: 'POST', url: '/api/explanations', payload })
      ).json();
      const { because, score, prior, order, dominant, shared } = posted.facts;
      const { text, by, why, language, ignored, bundle } = posted;
      expect(data.explanation).toEqual({
        ...{ text, by, why, language, ignored, bundle, score, prior, order, dominant, shared },
        anime: { animeId: 10 },
        because: because.map(
          ({ animeId, title: _, ...shares }: { animeId: number; title: string }) => ({
            anime: { animeId },
            ...shares,
          }),
        ),
      });
      expect(data.explanation.ignored).toEqual([777]);
    }
  });

  it('is null for a title that the catalogue does not have, and names what is out of bounds', async () => {
    const { status, data, errors } = await ask(plain, explanation('animeId: 999'));
    expect([status, data, errors]).toEqual([200, { explanation: null }, undefined]);
    for (const [given, field] of [
      ['animeId: -1', 'animeId'],
      ['animeId: 10, because: 501', 'because'],
      ['animeId: 10, rules: { niche: 2 }', 'rules.niche'],
    ]) {
      const refused = await ask(plain, explanation(given));
      expect(refused.data).toEqual({ explanation: null });
      expect(refused.errors[0].extensions).toEqual({ status: 400, field });
    }
    expect((await ask(plain, explanation('animeId: 10, language: fr'))).status).toBe(400);
  });

  it('is by the language model where there is one, and remembered for both routes', async () => {
    model.play = LOVED;
    const app = await appWith();
    const { data } = await ask(app, explanation('animeId: 10'));
    expect(data.explanation).toEqual({
      text: 'You loved Known. It is for you.',
      by: 'model',
      why: null,
    });
    const payload = { ratings: [{ animeId: 0, rating: 9 }], animeId: 10 };
    const posted = await app.inject({ method: 'POST', url: '/api/explanations', payload });
    expect(posted.json()).toMatchObject({ text: data.explanation.text, by: 'model' });
    expect(model.requests).toHaveLength(1);
  });

  it.each([
    ['names another title', says('You loved Known. Watch Saga too.'), 'unfit'],
    ['fails', status(500), 'unavailable'],
  ])('is by the template when the model %s', async (_, play, why) => {
    model.play = play;
    const { data } = await ask(await appWith(), explanation('animeId: 10'));
    expect(data.explanation).toMatchObject({ by: 'template', why });
    expect(data.explanation.text).toMatch(/you loved Known/i);
    expect(data.explanation.text).not.toContain('Saga');
  });

  it('is by the template when the model takes longer than the limit', async () => {
    model.play = (response) => begin(response);
    const { data } = await ask(await appWith({ timeLimit: 0.2 }), explanation('animeId: 10'));
    expect(data.explanation).toMatchObject({ by: 'template', why: 'slow' });
  });

  it('spends the budget that POST /api/explanations spends, one for each visitor', async () => {
    model.play = LOVED;
    const app = await appWith({ perVisitor: 2, remembered: 0 });
    const why = async (visitor: string) =>
      (await ask(app, explanation('animeId: 10'), {}, visitor)).data.explanation.why;
    await app.inject({
      method: 'POST',
      url: '/api/explanations',
      payload: { ratings: [{ animeId: 0, rating: 9 }], animeId: 10 },
      remoteAddress: '192.0.2.1',
    });
    expect(await why('192.0.2.1')).toBeNull();
    expect(await why('192.0.2.1')).toBe('budget');
    expect(await why('192.0.2.2')).toBeNull();
  });

  it('costs so much that a question has four at most', async () => {
    const many = (count: number) =>
      `{ ${Array.from({ length: count }, (_, n) => `a${n}: explanation(ratings: [], animeId: 10) { text }`).join(' ')} }`;
    const four = await ask(plain, many(4));
    expect([four.status, Object.keys(four.data)]).toEqual([200, ['a0', 'a1', 'a2', 'a3']]);
    const five = await ask(plain, many(5));
    expect([five.status, five.errors[0].message]).toEqual([
      400,
      expect.stringMatching(/may cost 600\d\d/),
    ]);
    const inFragments = await ask(
      plain,
      `{ ...f ...f ...f ...f ...f } fragment f on Query { explanation(ratings: [], animeId: 10) { text } }`,
    );
    expect(inFragments.errors[0].message).toMatch(/may cost 600\d\d/);
    const reasons = await ask(
      plain,
      '{ explanation(ratings: [], animeId: 10, because: 500) { because { anime { franchiseTitles { similar(limit: 50) { items { score } } } } } } }',
    );
    expect(reasons.errors[0].message).toMatch(/may cost/);
  });

  it('stops the model when the visitor leaves', async () => {
    model.play = (response) => {
      begin(response);
      piece(response, 'You loved Known. And');
    };
    const app = await appWith();
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const leave = new AbortController();
    const asked = fetch(`${url}/graphql`, {
      method: 'POST',
      body: JSON.stringify({ query: explanation('animeId: 10') }),
      headers: { 'content-type': 'application/json' },
      signal: leave.signal,
    }).catch(() => 'left');
    await expect.poll(() => model.requests.length).toBe(1);
    leave.abort();
    expect(await asked).toBe('left');
    await expect.poll(() => model.requests[0].closed).toBe(true);
  });
});
