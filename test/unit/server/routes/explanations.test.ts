import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../../../src/server/http/fastify.ts';
import { begin, type ModelServer, piece, says } from '../../../support/model-server.ts';
import { postJson, type SmallApp, smallApp } from '../../../support/small-app.ts';
import { type TextGenerationApp, textGenerationApp } from '../../../support/text-generation-app.ts';

let small: SmallApp;
let plain: App;
let generating: TextGenerationApp;
let withModel: App;
let model: ModelServer;

beforeAll(async () => {
  small = await smallApp();
  plain = small.app;
});
beforeEach(async () => {
  generating = await textGenerationApp(small.bundles);
  ({ app: withModel, model } = generating);
});
afterEach(() => generating.close());
afterAll(() => small.close());

async function post(app: App, url: string, payload: object, accept = 'application/json') {
  const response = await app.inject({ method: 'POST', url, payload, headers: { accept } });
  return {
    status: response.statusCode,
    type: String(response.headers['content-type']),
    text: response.body,
  };
}
const ABOUT = { ratings: [{ animeId: 0, rating: 9 }], animeId: 10 };

describe('POST /api/explanations', () => {
  it('answers with text, its author and the facts', async () => {
    const { status, body } = await postJson(plain, '/api/explanations', ABOUT);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      animeId: 10,
      by: 'template',
      why: 'off',
      language: 'en',
      ignored: [],
      facts: { dominant: 'one', because: [{ animeId: 0, title: 'Known', share: 1 }] },
    });
    expect(body.text).toMatch(/you loved Known/i);
    const ja = await postJson(plain, '/api/explanations', { ...ABOUT, language: 'ja' });
    expect(ja.body.text).toContain('『Known』');
  });

  it('has the same score and shares as the list', async () => {
    const list = await postJson(plain, '/api/recommendations', {
      ratings: ABOUT.ratings,
      limit: 1,
    });
    const { body } = await postJson(plain, '/api/explanations', ABOUT);
    expect(body.facts.score).toBeCloseTo(list.body.items[0].score, 6);
    expect(body.facts.because[0].share).toBeCloseTo(list.body.items[0].because[0].share, 6);
  });

  it('streams when asked to', async () => {
    model.play = says('You loved Known. It is for you.');
    const { type, text } = await post(withModel, '/api/explanations', ABOUT, 'text/event-stream');
    expect(type).toContain('text/event-stream');
    const events = text
      .trim()
      .split('\n\n')
      .map((block) => block.split('\n')[0].slice(7));
    expect(events).toEqual(['facts', 'text', 'text', 'end']);
    expect(text).toContain('data: {"by":"model","why":null}');
  });

  it('sets aside what the rules set aside, and takes people with nothing', async () => {
    const aside = await postJson(plain, '/api/explanations', { ...ABOUT, rules: { without: [0] } });
    expect(aside.body.facts).toMatchObject({ because: [], dominant: 'popularity' });
    const nobody = await postJson(plain, '/api/explanations', { ratings: [], animeId: 10 });
    expect(nobody.body.text).toContain('Loner');
  });

  it.each([
    [{ ratings: [], animeId: 999 }, 404, 'animeId'],
    [{ ratings: [] }, 400, 'animeId'],
    [{ animeId: 10 }, 400, 'ratings'],
    [{ ...ABOUT, language: 'fr' }, 400, 'language'],
    [{ ...ABOUT, ratings: [{ animeId: 0, rating: 11 }] }, 400, 'ratings[0].rating'],
    [{ ...ABOUT, ratings: [{ animeId: 0, score: 1 }] }, 400, 'ratings[0].score'],
    [{ ...ABOUT, prompt: 'x' }, 400, 'prompt'],
  ])('answers %j with %i that names %s', async (body, code, field) => {
    const answer = await postJson(plain, '/api/explanations', body);
    expect(answer).toMatchObject({ status: code, body: { status: code, field } });
  });

  it('stops the model when the visitor leaves', async () => {
    model.play = (response) => {
      begin(response);
      piece(response, 'You loved Known. And');
    };
    const url = await withModel.listen({ host: '127.0.0.1', port: 0 });
    const leave = new AbortController();
    const response = await fetch(`${url}/api/explanations`, {
      method: 'POST',
      body: JSON.stringify(ABOUT),
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      signal: leave.signal,
    });
    await response.body?.getReader().read();
    await expect.poll(() => model.requests.length).toBe(1);
    leave.abort();
    await expect.poll(() => model.requests[0].closed).toBe(true);
  });
});
