import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { unknownNameOf } from '../../../../src/api/ratings.ts';
import { RecommendationsBody } from '../../../../src/api/recommendations.ts';
import { STATUS, type StatusName } from '../../../../src/data/interactions.ts';
import { listOf, MAX_RATINGS, type OutsideList } from '../../../../src/recommend/profile.ts';
import { readListBody } from '../../../../src/server/fast-list/list-bytes.ts';

const read = (body: unknown) => readListBody(Buffer.from(textOf(body)));
const textOf = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body));
const columns = ({ animeIds, ratings, statuses }: OutsideList) => [
  Array.from(animeIds),
  [...ratings],
  [...statuses],
];

/** What JSON.parse and the schema make of the bytes; null when they refuse the list. */
function slowly(bytes: Buffer): { list: OutsideList; rest: object } | null {
  try {
    const { ratings, ...rest }: RecommendationsBody = JSON.parse(bytes.toString());
    if (!Value.Check(RecommendationsBody, { ratings })) return null;
    return ratings.some((rating) => unknownNameOf(rating) !== null)
      ? null
      : { list: listOf(ratings), rest };
  } catch {
    return null;
  }
}

function expectSame(bytes: Buffer): void {
  const fast = readListBody(bytes);
  if (fast === null) return;
  const slow = slowly(bytes);
  expect(slow).not.toBeNull();
  if (slow === null) return;
  expect(columns(fast.list)).toEqual(columns(slow.list));
  expect(fast.rest).toEqual(slow.rest);
}

const animeId = fc.integer({ min: 0, max: 999_999_999 });
const rating = fc.option(fc.integer({ min: 0, max: 10 }));
const status = fc.constantFrom(...(Object.keys(STATUS) as StatusName[]));
const entry = fc.oneof(
  fc.record({ animeId, rating, status }, { requiredKeys: ['animeId'] }),
  fc.record({ status, rating, animeId }, { requiredKeys: ['animeId'] }),
);
const rest = fc.record(
  {
    limit: fc.integer(),
    rules: fc.oneof(fc.constant('none'), fc.dictionary(fc.string(), fc.jsonValue())),
    because: fc.jsonValue(),
    'naïve "name" 名前': fc.string({ unit: 'binary' }),
  },
  { requiredKeys: [] },
);
const body = fc.tuple(fc.array(entry), rest).map(([ratings, others]) => ({ ratings, ...others }));

describe('readListBody()', () => {
  it('reads what JSON.parse and the schema read, from every body as clients write them', () => {
    const spaces = fc.constantFrom('', ' ', 2, '\t\r\n');
    fc.assert(
      fc.property(body, spaces, (value, space) => {
        const bytes = Buffer.from(JSON.stringify(value, null, space as string | number));
        expect(readListBody(bytes)).not.toBeNull();
        expectSame(bytes);
      }),
    );
  });

  it('never reads another list than they do, however the bytes are changed', () => {
    const pieces = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"', '0', '-', '.5', 'e1', '11', 'null', 'true', ' ', '\\'],
      ...['\u0000', 'é', '"rating"', '"animeId"', '"status":"dropped",', '"ratings":[],', '{}'],
      ...['"score":1,', '"__proto__":{},', '[{"animeId":1}]', '99999999999', '\u00a0'],
    );
    const change = fc.record({ at: fc.nat(), cut: fc.nat({ max: 3 }), piece: pieces });
    fc.assert(
      fc.property(body, fc.array(change, { minLength: 1, maxLength: 3 }), (value, changes) => {
        let text = JSON.stringify(value);
        for (const { at, cut, piece } of changes) {
          const from = at % text.length;
          text = text.slice(0, from) + piece + text.slice(from + cut);
        }
        expectSame(Buffer.from(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('takes the last of a name that comes twice, as JSON.parse does', () => {
    const twice = '{"ratings":[{"animeId":1,"rating":2,"animeId":3,"rating":null}]}';
    expect(columns(read(twice)?.list as OutsideList)).toEqual([[3], [0], [2]]);
  });

  it.each([
    ['', 'nothing'],
    ['{"ratings":[', 'a body that was cut off'],
    ['{"ratings":[],}', 'a comma too many'],
    ['{"ratings":[]}}', 'a brace too many'],
    ['{"ratings":[{"animeId":1},]}', 'a comma too many in the list'],
    ['{"ratings":[{"animeId":1,}]}', 'a comma too many in an entry'],
    ['{"ratings":[{}]}', 'an entry without an id'],
    ['{"ratings":[{"animeId":-1}]}', 'an id below 0'],
    ['{"ratings":[{"animeId":01}]}', 'a number that is none in JSON'],
    ['{"ratings":[{"animeId":1.0}]}', 'a number with decimals'],
    ['{"ratings":[{"animeId":1234567890}]}', 'a long id'],
    ['{"ratings":[{"animeId":1,"rating":11}]}', 'a rating above 10'],
    ['{"ratings":[{"animeId":1,"status":"seen"}]}', 'a status that is none'],
    ['{"ratings":[{"animeId":1,"score":1}]}', 'a name that is not known'],
    ['{"ratings":[],"ratings":[{"animeId":1}]}', 'two lists'],
    ['{"ratings":[],"r\\u0061tings":[]}', 'two lists, one in disguise'],
    ['{"limit":5,"ratings":[]}', 'a list that does not come first'],
    ['\ufeff{"ratings":[]}', 'a byte order mark'],
  ])('leaves %j to JSON.parse: %s', (text) => {
    expect(read(text)).toBeNull();
  });

  it('leaves a list that is too long to the schema, and reads one that is just not', () => {
    const ratings = new Array(MAX_RATINGS).fill({ animeId: 1 });
    expect(read({ ratings })?.list.animeIds).toHaveLength(MAX_RATINGS);
    expect(read({ ratings: [...ratings, { animeId: 1 }] })).toBeNull();
  });
});
