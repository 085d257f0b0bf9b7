import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { MAX_RATINGS } from '../../../../src/recommend/profile.ts';
import { errorsOf } from '../../../../src/server/http/schema-errors.ts';

const check = Compile(
  Type.Object(
    {
      ratings: Type.Array(Type.Object({ animeId: Type.Integer() }), { maxItems: MAX_RATINGS }),
      rules: Type.Optional(Type.Object({ without: Type.Array(Type.Integer(), { maxItems: 5 }) })),
    },
    { additionalProperties: false },
  ),
);
const list = (length: number, entry: unknown) => new Array<unknown>(length).fill(entry);
const pathsOf = (value: unknown) =>
  errorsOf(check, value).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
const withoutSchemaPath = ({ schemaPath: _, ...error }: { schemaPath?: string }) => error;

describe('errorsOf()', () => {
  it('names what the check itself names', () => {
    for (const value of [5, {}, { ratings: [1] }, { ratings: [], more: 1 }, { ratings: 'all' }])
      expect(errorsOf(check, value)).toEqual(check.Errors(value));
  });

  it('says of a list that is too long only that', () => {
    const ratings = list(1_000_000, { animeId: 1 });
    expect(pathsOf({ ratings })).toEqual(['/ratings maxItems']);
    expect(errorsOf(check, { ratings })).toMatchObject(
      check.Errors({ ratings: ratings.slice(0, MAX_RATINGS + 1) }).map(withoutSchemaPath),
    );
    expect(pathsOf({ ratings: [], rules: { without: list(1_000_000, 1) } })).toEqual([
      '/rules/without maxItems',
    ]);
  });

  it('finds the first wrong entry of a long list as the check itself does', () => {
    for (const wrong of [0, 1000, 1001, 1002, 2001, 2002, 2003, 5000]) {
      const ratings = list(5001, { animeId: 1 });
      ratings[wrong] = { animeId: 'x' };
      expect(errorsOf(check, { ratings })).toEqual(check.Errors({ ratings }));
    }
  });

  it('does not read on behind the first part that is wrong', () => {
    const ratings = list(1_000_000, { animeId: 'x' });
    Object.defineProperty(ratings, 5000, {
      get: () => {
        throw new Error('was read');
      },
    });
    expect(() => check.Errors({ ratings })).toThrow('was read');
    expect(pathsOf({ ratings })[0]).toBe('/ratings/0/animeId type');
  });

  it('takes an object in an object 100,000 times, and a name that objects have', () => {
    const deep = '{"a":'.repeat(100_000) + '1'.padEnd(100_001, '}');
    expect(pathsOf({ ratings: JSON.parse(deep) })).toEqual(['/ratings type']);
    expect(pathsOf(JSON.parse('{"ratings":[],"__proto__":{}}'))).toContain('/__proto__ boolean');
  });

  it('finds a wrong name among very many', () => {
    const names = Object.fromEntries(list(10_000, 0).map((_, n) => [`k${n}`, n]));
    expect(pathsOf({ ratings: [], ...names })).toContain('/k0 boolean');
  });
});
