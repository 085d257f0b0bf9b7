import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonBytes } from '../../../../src/server/fast-list/json-bytes.ts';

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
