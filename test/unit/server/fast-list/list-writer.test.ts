/** The writer gives the bytes that the schema serialiser gives of the same list. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecommendationsSchema } from '../../../../src/api/recommendations.ts';
import type { Anime } from '../../../../src/data/anime.ts';
import { RANK_GROUPS } from '../../../../src/model/rank/rank-groups.ts';
import type { Recommendation } from '../../../../src/recommend/ranker.ts';
import { type ListParts, plainParts } from '../../../../src/server/answers/list-parts.ts';
import { recommendationsAnswer } from '../../../../src/server/answers/recommendations-answer.ts';
import { buildApp } from '../../../../src/server/app.ts';
import { ListWriter } from '../../../../src/server/fast-list/list-writer.ts';
import { serializerOf } from '../../../../src/server/http/serializer.ts';
import { type SmallApp, smallApp } from '../../../support/small-app.ts';
import { CATALOGUE } from '../../../support/small-catalogue.ts';

const plain = serializerOf(RecommendationsSchema);
const writer = new ListWriter();

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    '"',
    '\\',
    '\u2028',
    '\ud800',
    '涼宮ハルヒの憂鬱',
    'a\nb\u0000',
    '💫'.repeat(30),
  ),
);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -100, max: 100 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1, -1, 1e-8, 4e-9, 1e-6, 9.9e-7, 0.1, 99.99999999, 1e6, 1e21, 5e-324),
);
const anime = (animeId: number): fc.Arbitrary<Anime> =>
  fc
    .record({
      ...{ title: text, titleEnglish: orNull(text), titleJapanese: orNull(text) },
      synopsis: orNull(text),
      ...{ episodes: orNull(fc.nat()), year: orNull(fc.nat(9999)), adult: fc.boolean() },
      ...{ genres: fc.array(text, { maxLength: 3 }), members: fc.nat(), meanScore: orNull(number) },
    })
    .map((fields) => ({ ...CATALOGUE[0], ...fields, animeId }));

const order = fc.record({
  value: number,
  terms: fc.array(fc.record({ group: fc.constantFrom(...RANK_GROUPS), value: number }), {
    maxLength: 5,
  }),
  shown: fc.subarray([...RANK_GROUPS]),
});

/** A catalogue and two lists of it. */
const lists = fc.nat(7).chain((titles) =>
  fc.tuple(...Array.from({ length: titles + 1 }, (_, n) => anime(n * 7919))).chain((catalogue) => {
    const because = fc
      .record({ at: fc.nat(titles), share: number, shareOfScore: number, contribution: number })
      .map(({ at, ...reason }) => ({
        animeId: catalogue[at].animeId,
        title: catalogue[at].title,
        ...reason,
      }));
    const one = fc.record({
      anime: fc.constantFrom(...catalogue),
      ...{ score: number, prior: number },
      because: fc.array(because, { maxLength: 6 }),
      order: orNull(order),
      insteadOf: orNull(fc.constantFrom(...catalogue)),
    });
    const list = fc
      .array(one, { maxLength: 12 })
      .map((items): Recommendation[] => items.map((item, n) => ({ rank: n + 1, ...item })));
    return fc.record({
      bundle: fc.record({ catalogue: fc.constant(catalogue), version: text }),
      lists: fc.tuple(list, list),
      ignored: fc.array(fc.nat(), { maxLength: 3 }),
    });
  }),
);

/** A list that is written in several parts. */
function longList(): Recommendation[] {
  const because = Array.from({ length: 400 }, (_, n) => {
    const { animeId, title } = CATALOGUE[n % CATALOGUE.length];
    return { animeId, title, share: 1 / (n + 1), shareOfScore: 1 / (n + 2), contribution: n / 7 };
  });
  return Array.from({ length: 40 }, (_, n) => ({
    ...{ rank: n + 1, anime: CATALOGUE[n % CATALOGUE.length], score: n / 3, prior: 0 },
    because: because.slice(n),
    order:
      n % 2 === 0 ? null : { value: n, terms: [{ group: 'story', value: n }], shown: ['story'] },
    insteadOf: n % 3 === 0 ? CATALOGUE[0] : null,
  }));
}

describe('ListWriter', () => {
  it.each([
    ['parts()', (...list: Parameters<ListParts>) => writer.parts(...list)],
    ['plainParts()', plainParts],
  ])('%s gives the bytes of the schema serialiser in several parts', (_, parts) => {
    const bundle = { catalogue: CATALOGUE, version: 'お' };
    for (const list of [longList(), longList().slice(0, 1), []]) {
      const expected = plain(recommendationsAnswer(bundle, list, [5]));
      const written = [...parts(bundle, list, [5])];
      expect(Buffer.concat(written).toString()).toBe(expected);
      expect(written.length).toBe(list.length > 1 ? 3 : 1);
      const frame = { start: '{"id":"お",', end: '}\n' };
      const framed = Buffer.concat([...parts(bundle, list, [5], frame)]).toString();
      expect(framed).toBe(`{"id":"お",${expected.slice(1)}\n`);
    }
  });

  it('write() gives the bytes of the schema serialiser, and keeps those of earlier lists', () => {
    fc.assert(
      fc.property(lists, ({ bundle, lists: [first, second], ignored }) => {
        const expected = Buffer.from(plain(recommendationsAnswer(bundle, first, ignored)));
        const written = writer.write(bundle, first, ignored);
        writer.write(bundle, second, []);
        expect(written.equals(expected), written.toString()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('write() of an empty list is an empty list', () => {
    const { items } = JSON.parse(
      writer.write({ version: 'v', catalogue: CATALOGUE }, [], [3]).toString(),
    );
    expect(items).toEqual([]);
  });
});

describe('POST /api/recommendations', () => {
  let small: SmallApp;
  beforeAll(async () => {
    small = await smallApp();
  });
  afterAll(() => small.close());

  it('answers the same with and without fast lists', async () => {
    const { bundles, app } = small;
    const slow = await buildApp({ bundles, page: null, fastLists: false, report: () => {} });
    const payload = {
      ratings: [{ animeId: CATALOGUE[0].animeId, rating: 9 }, { animeId: 2 ** 30 }],
      because: 3,
    };
    const [fast, same] = await Promise.all(
      [app, slow].map((each) =>
        each.inject({ method: 'POST', url: '/api/recommendations', payload }),
      ),
    );
    await slow.close();
    expect(fast.statusCode).toBe(200);
    expect(fast.json().items.length).toBeGreaterThan(0);
    expect(fast.body).toBe(same.body);
    expect(fast.headers['content-type']).toBe(same.headers['content-type']);
  });
});
