import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BoundsScan,
  checkJsonBounds,
  type JsonBounds,
} from '../../../../src/server/http/json-bounds.ts';

const ENDLESS: JsonBounds = { depth: 1e9, values: 1e9, names: 1e9, longNumbers: 1e9 };

/** @param steps how far each call scans, again and again */
function scan(
  text: string,
  bounds: Partial<JsonBounds> = {},
  steps: readonly number[] = [7],
): void {
  const scan = new BoundsScan(Buffer.from(text), { ...ENDLESS, ...bounds });
  for (let to = 0, n = 0; !scan.advance(to); n++) to += steps[n % steps.length];
}

/** What the scan should count, from the parsed value. */
function countsOf(value: unknown) {
  const names = new Set<string>();
  let values = 0;
  let depth = 0;
  (function count(value: unknown, level: number) {
    values++;
    if (typeof value !== 'object' || value === null) return;
    depth = Math.max(depth, level);
    if (!Array.isArray(value)) for (const name of Object.keys(value)) names.add(name);
    const parts = Object.values(value);
    if (parts.length === 0) values++;
    for (const part of parts) count(part, level + 1);
  })(value, 1);
  return { depth, values, names: names.size };
}

const steps = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const indents = fc.constantFrom(undefined, 1, '\t');

describe('BoundsScan', () => {
  it('counts what JSON.parse finds, however far each step goes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), indents, steps, (value, indent, steps) => {
        const text = JSON.stringify([value], null, indent);
        const counts = countsOf(JSON.parse(text));
        scan(text, counts, steps);
        for (const [bound, count] of Object.entries(counts)) {
          if (count > 0) expect(() => scan(text, { [bound]: count - 1 }, steps)).toThrow();
        }
      }),
    );
  });

  it('counts long numbers, and neither long texts nor wide spaces', () => {
    const long = '1.234567890123456789012345';
    const none = `[1.2345678901234567e-300,"${long}",${' '.repeat(50)}5${' '.repeat(50)}]`;
    scan(none, { longNumbers: 0 });
    scan(`{"a": ${long}, "b": [ ${long}, 5 ]}`, { longNumbers: 2 });
    expect(() => scan(`{"a": ${long}, "b": [ ${long}, 5 ]}`, { longNumbers: 1 })).toThrow();
  });

  it('names the same field once, however it is spaced', () => {
    scan('[{"a" :1},{ "a":2},{"\\"" : 3}]', { names: 2 });
    expect(() => scan('[{"a" :1},{ "a":2},{"\\"" : 3}]', { names: 1 })).toThrow();
  });

  it('takes what is not JSON', () => {
    fc.assert(fc.property(fc.string(), steps, (text, steps) => scan(text, {}, steps)));
    for (const text of ['"', '"\\', ':'.repeat(99), ']]}}[', '"a":::', '']) scan(text);
  });
});

describe('checkJsonBounds()', () => {
  it('takes the longest list of ratings there may be', async () => {
    const ratings = Array.from({ length: 40_000 }, (_, n) => ({
      animeId: 100_000 + n,
      rating: 10,
      status: 'plan_to_watch',
    }));
    await checkJsonBounds(Buffer.from(JSON.stringify({ ratings, limit: 20 })));
  });

  it.each([
    ['levels deep', '['.repeat(4 << 20)],
    ['values', `[${'1,'.repeat(2 << 20)}1]`],
    ['different names', `[${Array.from({ length: 1001 }, (_, n) => `{"n${n}":1}`).join(',')}]`],
    ['numbers of over', `[${'1.234567890123456789e-300,'.repeat(1001)}1]`],
  ])('refuses too many %s', async (what, text) => {
    await expect(checkJsonBounds(Buffer.from(text))).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(what),
    });
  });
});
