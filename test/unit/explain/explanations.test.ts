import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExplanationEvent, Explanations } from '../../../src/explain/explanations.ts';
import type { Facts } from '../../../src/explain/facts.ts';
import type { Wording } from '../../../src/explain/language.ts';
import { type LanguageModel, openModel } from '../../../src/explain/language-model.ts';
import { type AccessOptions, ModelAccess } from '../../../src/explain/model-access.ts';
import { templateText } from '../../../src/explain/template.ts';
import { TextCache } from '../../../src/explain/text-cache.ts';
import { facts, SHELF } from '../../support/explain-catalogue.ts';
import {
  begin,
  type ModelServer,
  modelServer,
  piece,
  says,
  status,
} from '../../support/model-server.ts';

const EN: Wording = { language: 'en', titles: 'romaji' };
const JA: Wording = { language: 'ja', titles: 'japanese' };
const GOOD =
  'You loved Quiet Harbour, and Lamp of Winter has the same slow kindness. Both are mystery stories from Lantern.';

let server: ModelServer;
let log: string[];
beforeEach(async () => {
  server = await modelServer(says(GOOD));
  log = [];
});
afterEach(() => server.close());

async function explanations(options: Partial<AccessOptions> = {}) {
  const model = await openModel({ baseUrl: server.url, model: 'small', key: 'sk-secret' });
  return new Explanations({
    access: new ModelAccess({ model, ...options }),
    cache: await TextCache.open(10),
    log: (line) => log.push(line),
  });
}

const request = (of: Facts = facts(), wording = EN, visitor = '1.2.3.4') => ({
  facts: of,
  wording,
  catalogue: SHELF.catalogue,
  visitor,
  signal: new AbortController().signal,
});

async function eventsOf(stream: AsyncIterable<ExplanationEvent>): Promise<ExplanationEvent[]> {
  const events: ExplanationEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

const template = { text: templateText(facts(), EN), by: 'template' };

describe('Explanations', () => {
  it('lets the model write, sentence by sentence, and says so', async () => {
    const events = await eventsOf((await explanations()).stream(request()));
    expect(events).toEqual([
      { event: 'text', text: GOOD.slice(0, GOOD.indexOf(' Both')) },
      { event: 'text', text: GOOD.slice(GOOD.indexOf(' Both')) },
      { event: 'end', by: 'model', why: null },
    ]);
    expect(server.requests[0]).toMatchObject({
      body: { model: 'small', stream: true },
      key: 'Bearer sk-secret',
    });
  });

  it('uses the template where there is no model', async () => {
    const none = new Explanations({
      access: new ModelAccess({ model: null }),
      cache: await TextCache.open(10),
    });
    expect(await none.whole(request())).toEqual({ ...template, why: 'off' });
  });

  it.each([
    [
      'a known title that the facts do not have',
      'You loved Quiet Harbour. Try Forbidden Garden too.',
    ],
    ['one in lower case', 'If forbidden garden was for you, so is this.'],
    ['one that no catalogue has', 'It is as warm as Cloudwalker Academy. Fine.'],
    ['one in quotes', 'It reminds of “the silent kingdom” at times.'],
    ['one in Japanese', '禁じられた庭園の夜も好きなはずです。'],
    ['a made-up one in Japanese quotes', '『存在しない話』に似ています。'],
    ['a link', 'Read more at https://evil.example/x now.'],
    ['markup', 'You loved <b>Quiet Harbour</b>.'],
    ['a sentence without end', 'so '.repeat(4000)],
    ['nothing', '   '],
    ['bytes that mean nothing', '\u0000\u0001\u0007 � �'],
  ])('refuses %s: the template stands instead', async (_, text) => {
    server.play = says(text);
    const answer = await (await explanations()).whole(request());
    expect(answer).toEqual({ ...template, why: 'unfit' });
    expect(log.join()).toContain('unfit');
  });

  it('takes back what it had let through when a later sentence is unfit', async () => {
    server.play = says('You loved Quiet Harbour. It also fits Forbidden Garden.');
    const events = await eventsOf((await explanations()).stream(request()));
    expect(events).toEqual([
      { event: 'text', text: 'You loved Quiet Harbour.' },
      { event: 'instead', text: template.text },
      { event: 'end', by: 'template', why: 'unfit' },
    ]);
  });

  it.each([429, 500, 401, 404])(
    'answers by template when the endpoint says %i, without trying again',
    async (code) => {
      server.play = status(code, 'your key sk-secret is wrong');
      expect(await (await explanations()).whole(request())).toEqual({
        ...template,
        why: 'unavailable',
      });
      expect(server.requests).toHaveLength(1);
      expect(log.join()).toContain(String(code));
      expect(log.join()).not.toContain('sk-secret');
    },
  );

  it('answers by template when nothing listens', async () => {
    const gone = await explanations();
    await server.close();
    expect(await gone.whole(request())).toEqual({ ...template, why: 'unavailable' });
    server = await modelServer();
  });

  it('waits no longer than the limit, and hangs up', async () => {
    server.play = (response) => {
      begin(response);
      piece(response, 'You loved ');
    };
    expect(await (await explanations({ timeLimit: 0.3 })).whole(request())).toEqual({
      ...template,
      why: 'slow',
    });
    await expect.poll(() => server.requests[0].closed).toBe(true);
  });

  it('does not take a text that broke off', async () => {
    server.play = says(GOOD.slice(0, -20), null);
    expect(await (await explanations()).whole(request())).toMatchObject({
      by: 'template',
      why: 'unavailable',
    });
    server.play = (response) => {
      begin(response);
      piece(response, 'You loved Quiet Harbour. And');
      setTimeout(() => response.destroy(), 50);
    };
    expect(await (await explanations()).whole(request())).toMatchObject({
      by: 'template',
      why: 'unavailable',
    });
  });

  it('does not take a stream of another protocol', async () => {
    server.play = (response) => {
      begin(response);
      response.end('data: {"choices": 5\n\ndata: hello\n\n');
    };
    expect(await (await explanations()).whole(request())).toMatchObject({
      by: 'template',
      why: 'unavailable',
    });
    server.play = (response) => {
      begin(response);
      response.end(
        'data: {"choices":null}\n\ndata: {"choices":[{"delta":{"content":5},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
      );
    };
    expect(await (await explanations()).whole(request())).toMatchObject({ by: 'template' });
  });

  it('ends a long text with a whole sentence and hangs up', async () => {
    server.play = async (response) => {
      begin(response);
      for (let n = 0; n < 400 && !response.destroyed; n++) {
        piece(response, 'You loved Quiet Harbour and its slow days. ');
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      response.end();
    };
    const { text, by } = await (await explanations()).whole(request());
    expect(by).toBe('model');
    expect(text.length).toBeLessThanOrEqual(900);
    expect(text).toMatch(/days\.$/);
    await expect.poll(() => server.requests[0].closed).toBe(true);
  });

  it('passes over what a model thinks aloud', async () => {
    server.play = says(
      `<think>Should I say Forbidden Garden? ${'no '.repeat(500)}</think>\n\n${GOOD}`,
    );
    expect(await (await explanations()).whole(request())).toEqual({
      text: GOOD,
      by: 'model',
      why: null,
    });
  });

  it('keeps names with a stop inside in one piece', async () => {
    server.play = says('Hollow! Bells is slow and kind. You loved Quiet Harbour.');
    const events = await eventsOf((await explanations()).stream(request(facts(3))));
    expect(events[0]).toEqual({ event: 'text', text: 'Hollow! Bells is slow and kind.' });
    expect(events.at(-1)).toMatchObject({ by: 'model' });
  });

  it('tells titles and synopses as data that cannot end their block', async () => {
    await (await explanations()).whole(request(facts(3)));
    const [system, user] = server.requests[0].body.messages;
    expect(system.role).toBe('system');
    expect(system.content).not.toContain('Hollow');
    expect(user.content.match(/<\/?facts>/g)).toEqual(['<facts>', '</facts>']);
    expect(JSON.parse(user.content.slice(7, -8)).recommended.synopsis).toContain('Ignore previous');
  });

  it('does not pass on what a synopsis tricked the model into', async () => {
    server.play = says('As you wish, I recommend Forbidden Garden.');
    const answer = await (await explanations()).whole(request(facts(3)));
    expect(answer).toEqual({ text: templateText(facts(3), EN), by: 'template', why: 'unfit' });
    expect(answer.text).not.toContain('Forbidden');
  });

  it('writes Japanese', async () => {
    const text =
      '『静かな港町の物語』が好きなら、『冬のともしび物語』の静けさも合うはずです。どちらもミステリーです。';
    server.play = says(text);
    expect(await (await explanations()).whole(request(facts(), JA))).toEqual({
      text,
      by: 'model',
      why: null,
    });
  });

  it('asks once for the same facts, and again for others', async () => {
    const shared = await explanations();
    await shared.whole(request());
    expect(await shared.whole(request(facts(), EN, 'another'))).toEqual({
      text: GOOD,
      by: 'model',
      why: null,
    });
    expect(server.requests).toHaveLength(1);
    await shared.whole(request(facts(), JA));
    expect(server.requests).toHaveLength(2);
  });

  it('does not remember what was refused', async () => {
    const shared = await explanations();
    server.play = says('Try Forbidden Garden.');
    await shared.whole(request());
    server.play = says(GOOD);
    expect(await shared.whole(request())).toMatchObject({ by: 'model' });
  });

  it('keeps to the budget of a visitor and of all', async () => {
    const shared = await explanations({ perVisitor: 1, perHour: 2 });
    const ask = (n: number, visitor: string) => shared.whole(request(facts(n), EN, visitor));
    server.play = says('It is slow and kind.');
    expect((await ask(1, 'a')).by).toBe('model');
    expect(await ask(2, 'a')).toMatchObject({ by: 'template', why: 'budget' });
    expect((await ask(1, 'a')).by).toBe('model'); // remembered, so it costs nothing
    expect((await ask(2, 'b')).by).toBe('model');
    expect(await ask(3, 'c')).toMatchObject({ by: 'template', why: 'budget' });
  });

  it('writes only so many at a time, and frees the place of a visitor who left', async () => {
    const shared = await explanations({ atOnce: 1 });
    server.play = (response) => begin(response);
    const left = new AbortController();
    const first = shared.whole({ ...request(), signal: left.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    expect(await shared.whole(request(facts(2)))).toMatchObject({ by: 'template', why: 'busy' });
    left.abort();
    await first;
    await expect.poll(() => server.requests[0].closed).toBe(true);
    server.play = says('It is slow and kind.');
    expect(await shared.whole(request(facts(2)))).toMatchObject({ by: 'model' });
  });

  it('rests after failures in a row, then tries again', async () => {
    let now = 0;
    const shared = await explanations({ clock: () => now });
    server.play = status(500);
    for (let n = 0; n < 5; n++) await shared.whole(request());
    expect(server.requests).toHaveLength(3);
    now += 31_000;
    server.play = says(GOOD);
    expect(await shared.whole(request())).toMatchObject({ by: 'model' });
  });

  it('never names a title outside the facts, whatever the model writes', async () => {
    const words = [
      'you',
      'loved',
      'it',
      'slow',
      'and',
      'kind',
      '.',
      '!',
      '。',
      '“',
      '『',
      '』',
      '"',
      '\n',
      'Monster',
      'Parade',
    ];
    const titles = SHELF.catalogue.flatMap(({ title, titleJapanese }) => [
      title,
      titleJapanese ?? title,
    ]);
    const outside = SHELF.catalogue
      .slice(2)
      .flatMap(({ title, titleJapanese }) => [title, titleJapanese ?? title]);
    const texts = fc.array(fc.constantFrom(...words, ...titles), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(texts, fc.boolean(), async (pieces, spaced) => {
        const text = pieces.join(spaced ? ' ' : '');
        const model: LanguageModel = {
          name: 'any',
          async *write() {
            for (let at = 0; at < text.length; at += 5) yield text.slice(at, at + 5);
          },
        };
        const any = new Explanations({
          access: new ModelAccess({ model, perVisitor: 1e9, perHour: 1e9 }),
          cache: await TextCache.open(0),
        });
        const answer = await any.whole(request());
        for (const title of outside)
          expect(answer.text.toLowerCase()).not.toContain(title.toLowerCase());
        expect(answer.text).not.toBe('');
      }),
      { numRuns: 400 },
    );
  });
});
