import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Csr, transpose } from '../../../src/data/csr.ts';

function csr(rows: number, columns: number, entries: ReadonlyMap<string, number>): Csr {
  const indptr = new Uint32Array(rows + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = entries.get(`${row},${column}`);
      if (value === undefined) continue;
      indices.push(column);
      values.push(value);
    }
    indptr[row + 1] = indices.length;
  }
  return {
    rows,
    columns,
    indptr,
    indices: Uint32Array.from(indices),
    values: Float32Array.from(values),
  };
}

const matrix = fc.tuple(fc.nat(12), fc.nat(12)).chain(([rows, columns]) => {
  const cell = fc.tuple(
    fc.nat(Math.max(0, rows - 1)),
    fc.nat(Math.max(0, columns - 1)),
    fc.integer({ min: 1, max: 9 }),
  );
  return fc
    .array(cell, { maxLength: rows === 0 || columns === 0 ? 0 : 40 })
    .map((cells) => ({ rows, columns, cells }));
});

describe('transpose()', () => {
  it('moves each entry to its mirror place, rows ascending, and twice gives the matrix back', () => {
    fc.assert(
      fc.property(matrix, ({ rows, columns, cells }) => {
        const original = csr(
          rows,
          columns,
          new Map(cells.map(([r, c, value]) => [`${r},${c}`, value])),
        );
        const mirror = csr(
          columns,
          rows,
          new Map(cells.map(([r, c, value]) => [`${c},${r}`, value])),
        );
        expect(transpose(original)).toEqual(mirror);
        expect(transpose(transpose(original))).toEqual(original);
      }),
    );
  });
});
