import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonBytes } from '../../src/server/json-bytes.ts';

const parsed = (out: JsonBytes): unknown => JSON.parse(out.take().toString());

describe('JsonBytes', () => {
  it('string() survives a JSON parser, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (text) => {
        expect(parsed(new JsonBytes().string(text))).toBe(JSON.parse(JSON.stringify(text)));
      }),
    );
    expect(parsed(new JsonBytes().string('進撃 "の" \\ 巨人\n'))).toBe('進撃 "の" \\ 巨人\n');
  });

  it('decimal() is exact to eight decimals, whatever the size and the sign', () => {
    const numbers = fc.oneof(
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.constantFrom(0, -0, 1, -1, 1e-9, -1e-9, 4.9e-9, 0.999999999, -0.999999999, 0.1, 12345.678),
    );
    fc.assert(
      fc.property(numbers, (value) => {
        const written = parsed(new JsonBytes().decimal(value)) as number;
        expect(Math.abs(written - value)).toBeLessThanOrEqual(5.1e-9 + Math.abs(value) * 1e-15);
      }),
    );
  });

  it('filled() writes what decimal() does for numbers from 0 to 1, and nothing for others', () => {
    const json = Buffer.from('{"é":0.00000000,"b":0.00000000},');
    const b = json.indexOf('"b":0.') + 6;
    const number = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(0, -0, 1, 2, -1, -1e-10, -1e-7, 0.999999999, Number.NaN, 12.5),
    );
    fc.assert(
      fc.property(number, number, (first, second) => {
        const out = new JsonBytes().raw('[');
        const isFilled = out.filled(json, 8, first, b, second);
        const fits = [first, second].every((value) => value > -5e-9 && value < 1 - 5e-9);
        expect(isFilled).toBe(fits);
        const decimal = (value: number) => parsed(new JsonBytes().decimal(value));
        const written = parsed(out.closeList());
        expect(written).toEqual(fits ? [{ é: decimal(first), b: decimal(second) }] : []);
      }),
    );
  });

  it('grows, and is empty again after take()', () => {
    const out = new JsonBytes();
    const long = 'x'.repeat(200_000);
    expect(parsed(out.raw('[').string(long).raw(',').bytes(Buffer.from('"é"')).raw(']'))).toEqual([
      long,
      'é',
    ]);
    const first = out.raw('1').take();
    out.raw('2');
    expect(first.toString()).toBe('1');
    expect(out.take().toString()).toBe('2');
    out.raw('left over');
    expect(out.start('3').take().toString()).toBe('3');
  });
});
