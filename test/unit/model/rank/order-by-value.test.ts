import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderByValue } from '../../../../src/model/rank/order-by-value.ts';

const floats = fc.oneof(
  fc.float({ noNaN: true }),
  fc.constantFrom(0, -0, 1, -1, 1e-45, -1e-45, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);

it('is the order of a sort by comparison, of equal values the first place first', () => {
  fc.assert(
    fc.property(fc.array(floats, { maxLength: 400 }), (numbers) => {
      const values = Float32Array.from(numbers);
      const expected = Array.from(values.keys()).sort((a, b) =>
        values[a] === values[b] ? a - b : values[b] > values[a] ? 1 : -1,
      );
      expect([...orderByValue(values)]).toEqual(expected);
    }),
  );
});
