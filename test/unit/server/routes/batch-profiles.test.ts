import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitBatch } from '../../../../src/server/routes/batch-profiles.ts';

const MOST = 1000;
const read = (text: string, most = MOST) => {
  const split = splitBatch(Buffer.from(text), most);
  return split && { ...split, profiles: split.profiles.map((bytes) => bytes.toString()) };
};

describe('splitBatch()', () => {
  it('gives what JSON.parse does, whatever the profiles are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.constantFrom(undefined, 1, '\t'),
        (profiles, beside, indent) => {
          const { profiles: _, ...rest } = beside;
          const text = JSON.stringify({ profiles, ...rest }, null, indent);
          const whole: unknown = JSON.parse(text);
          const split = splitBatch(Buffer.from(text), MOST);
          // Names that are numbers come before all others.
          fc.pre(split !== null || !/^\s*\{\s*"profiles"/.test(text));
          if (split === null) return;
          expect({
            profiles: split.profiles.map((bytes) => JSON.parse(bytes.toString())),
            ...split.rest,
          }).toEqual(whole);
        },
      ),
    );
  });

  it('keeps to the bounds of strings, brackets and spaces', () => {
    expect(read('{"profiles":[]}')).toEqual({ profiles: [], rest: {} });
    expect(read(' { "profiles" : [ {"a":"},]\\"[{"} , [1,[2]] ] , "limit" : 5 } ')).toEqual({
      profiles: ['{"a":"},]\\"[{"}', '[1,[2]]'],
      rest: { limit: 5 },
    });
    expect(read('{"profiles":[{"id":"お]"},{}]}')?.profiles).toEqual(['{"id":"お]"}', '{}']);
  });

  it('leaves a gap where a profile is missing', () => {
    expect(read('{"profiles":[1,,2]}')?.profiles).toEqual(['1', '', '2']);
    expect(read('{"profiles":[1,]}')?.profiles).toEqual(['1', '']);
  });

  it('stops after one more than are wanted, whatever follows', () => {
    expect(read('{"profiles":[1,2]}', 2)).toEqual({ profiles: ['1', '2'], rest: {} });
    expect(read('{"profiles":[1,2,3]}', 2)).toEqual({ profiles: ['1', '2', '3'], rest: {} });
    const many = `{"profiles":[${','.repeat(10_000_000)}`;
    expect(splitBatch(Buffer.from(many), 2)?.profiles).toHaveLength(3);
  });

  it.each([
    '',
    '{}',
    '[]',
    '{"limit":1,"profiles":[]}',
    '{"profiles":{}}',
    '{"profiles":[',
    '{"profiles":[{"a":"',
    '{"profiles":[]',
    '{"profiles":[] "limit":1}',
    '{"profiles":[]}}',
    '{"profiles":[1}}',
    '{"profiles":[1},"limit":5}',
    '{"profiles":[],"profiles":[1]}',
    `{${' '.repeat(300)}"profiles":[]}`,
  ])('leaves %j to JSON.parse', (text) => {
    expect(read(text)).toBeNull();
  });
});
