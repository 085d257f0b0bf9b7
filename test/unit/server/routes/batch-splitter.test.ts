import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchSplitter } from '../../../../src/server/routes/batch-splitter.ts';

const LIMITS = { profiles: 1000, profile: 1000 };

/** @param cuts lengths of the chunks that the text arrives in, again and again */
function split(text: string, cuts: readonly number[] = [1 << 20], limits = LIMITS) {
  const splitter = new BatchSplitter(limits);
  const bytes = Buffer.from(text);
  const profiles: (string | null)[] = [];
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const to = at + cuts[n % cuts.length];
    for (const profile of splitter.push(bytes.subarray(at, to)))
      profiles.push(profile === null ? null : profile.toString());
    at = to;
  }
  return { profiles, beside: splitter.end() };
}

const cuts = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });
const indents = fc.constantFrom(undefined, 1, '\t');

describe('BatchSplitter', () => {
  it('gives what JSON.parse does, however the body is cut and whatever is around the profiles', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.dictionary(fc.string(), fc.jsonValue()),
        indents,
        cuts,
        (profiles, before, behind, indent, cuts) => {
          const { profiles: _, ...first } = before;
          const { profiles: __, ...last } = behind;
          const text = JSON.stringify({ ...first, profiles, ...last }, null, indent);
          const found = split(text, cuts, { profiles: 1000, profile: 1 << 20 });
          const parsed = found.profiles.map((profile) => JSON.parse(profile ?? ''));
          expect({ ...found.beside, profiles: parsed }).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  it('gives the same however the body is cut, JSON or not', () => {
    const letter = fc.constantFrom(...'{}[],:"\\ 1', '"profiles"', '{"profiles":[', 'お');
    const outcome = (text: string, cuts?: readonly number[]) => {
      try {
        return split(text, cuts);
      } catch (error) {
        return (error as Error).message;
      }
    };
    fc.assert(
      fc.property(fc.array(letter), cuts, (letters, cuts) => {
        const text = letters.join('');
        expect(outcome(text, cuts)).toEqual(outcome(text));
      }),
    );
  });

  it('keeps to the bounds of strings, brackets and spaces', () => {
    expect(split('{"profiles":[]}')).toEqual({ profiles: [], beside: { profiles: [] } });
    expect(split(' { "profiles" : [ {"a":"},]\\"[{"} , [1,[2]] ] , "limit" : 5 } ')).toEqual({
      profiles: ['{"a":"},]\\"[{"}', '[1,[2]]'],
      beside: { profiles: [], limit: 5 },
    });
    expect(split('{"profiles":[{"id":"お]"},{}]}', [1]).profiles).toEqual(['{"id":"お]"}', '{}']);
    expect(split('{"pro\\u0066iles":[1]}').profiles).toEqual(['1']);
  });

  it('takes as profiles only the list of that name, and only of the body itself', () => {
    expect(split('{"rules":{"profiles":[1]},"a":["profiles",[2]],"profiles":[3]}')).toEqual({
      profiles: ['3'],
      beside: { rules: { profiles: [1] }, a: ['profiles', [2]], profiles: [] },
    });
    for (const profiles of [5, {}, null, 'x'])
      expect(split(JSON.stringify({ profiles })).beside).toEqual({ profiles });
  });

  it('leaves a gap where a profile is missing', () => {
    expect(split('{"profiles":[1,,2]}').profiles).toEqual(['1', '', '2']);
    expect(split('{"profiles":[1,]}').profiles).toEqual(['1', '']);
  });

  it('keeps nothing of a profile that is too long, and goes on behind it', () => {
    const text = `{"profiles":[1,"${'x'.repeat(998)}","${'x'.repeat(999)}",2]}`;
    for (const cuts of [[7], [1 << 20]])
      expect(split(text, cuts).profiles).toEqual(['1', `"${'x'.repeat(998)}"`, null, '2']);
    expect(split(`{"profiles":[${' '.repeat(1001)}]}`).profiles).toEqual([null]);
  });

  it('refuses one profile more than there may be, before the rest has arrived', () => {
    const limits = { ...LIMITS, profiles: 2 };
    expect(split('{"profiles":[1,2]}', [3], limits).profiles).toEqual(['1', '2']);
    const splitter = new BatchSplitter(limits);
    expect(() => splitter.push(Buffer.from('{"profiles":[[],[],[],'))).toThrow(/more than 2/);
  });

  it('refuses much beside the profiles, before the rest has arrived', () => {
    const splitter = new BatchSplitter(LIMITS);
    expect(() => splitter.push(Buffer.alloc(1 << 17, ' '))).toThrow(/more than 64 KiB/);
  });

  it.each([
    ['', /not JSON/],
    ['[]', /must be an object/],
    ['5', /must be an object/],
    ['nonsense', /not JSON/],
    ['{"profiles":[', /not JSON/],
    ['{"profiles":[{"a":"', /not JSON/],
    ['{"profiles":[]', /not JSON/],
    ['{"profiles":[] "limit":1}', /not JSON/],
    ['{"profiles":[]}}', /not JSON/],
    ['{"profiles":[1}}', /ends with "}"/],
    ['{"profiles":[1},"limit":5}', /ends with "}"/],
    ['{"profiles":[],"profiles":[1]}', /twice/],
    ['{"profiles":[],"profiles":5}', /twice/],
  ])('refuses %j', (text, why) => {
    expect(() => split(text)).toThrow(why);
  });
});
