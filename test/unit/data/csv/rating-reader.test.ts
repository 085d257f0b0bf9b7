import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RatingReader } from '../../../../src/data/csv/rating-reader.ts';
import { FileAccount } from '../../../../src/data/csv/rejects.ts';
import { UnusableFileError } from '../../../../src/error.ts';

const HEADER = 'user_id,anime_id,rating,watching_status,watched_episodes\n';

interface Given {
  readonly rows?: number;
  readonly maxRejected?: number;
  readonly isSizeKnown?: boolean;
}

/** What becomes of a file that comes in these pieces. */
function read(pieces: readonly Buffer[], given: Given = {}) {
  const { rows: limit = 0, maxRejected = 1, isSizeKnown = true } = given;
  const rejected: string[] = [];
  const rows: number[][] = [];
  const account = new FileAccount('animelist.csv', (text) => void rejected.push(text));
  const known = new Uint8Array(100).fill(1);
  const size = isSizeKnown ? Buffer.concat([...pieces]).length : null;
  const reader = new RatingReader({
    ...{ account, known, size, rows: limit, maxRejected },
    sinkFor: () => ({ add: (...row) => void rows.push(row.slice(0, 5)) }),
  });
  let taken = 0;
  for (const piece of pieces) {
    taken++;
    if (!reader.push(piece)) break;
  }
  reader.end();
  const { bytes, recognised } = reader;
  return { rows, rejected, read: account.read, bytes, layout: recognised.layout.id, taken };
}

const whole = (text: string | Buffer) => [Buffer.from(text)];

describe('RatingReader', () => {
  const field = fc.constantFrom('1', '7', '99', '0', '', 'x', '-1', '"2"', '3.0', '100', '漢');
  const row = fc.array(field, { minLength: 1, maxLength: 6 }).map((fields) => fields.join(','));
  const good = fc
    .tuple(fc.nat(9), fc.nat(99), fc.nat(10), fc.integer({ min: 1, max: 6 }), fc.nat(30))
    .map((fields) => fields.join(','));
  const long = fc.constant('1,2,3,4,5'.padEnd((1 << 20) + 5, '0'));
  const line = fc.oneof(
    { weight: 20, arbitrary: good },
    { weight: 6, arbitrary: row },
    { weight: 1, arbitrary: long },
  );
  const file = fc
    .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([lines, newline, isEnded]) =>
      Buffer.from(HEADER + lines.join(newline) + (isEnded ? newline : '')),
    );

  it('gives the same rows and account wherever the bytes are cut', () => {
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
    fc.assert(
      fc.property(file, cuts, fc.nat(40), (bytes, shares, rows) => {
        const at = [0, ...shares.map((share) => Math.floor(share * bytes.length)), bytes.length];
        at.sort((a, b) => a - b);
        const pieces = at.slice(1).map((end, piece) => bytes.subarray(at[piece], end));
        const { taken: _, ...expected } = read(whole(bytes), { rows });
        expect(read(pieces, { rows })).toMatchObject(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('reads a file that comes byte by byte', () => {
    const text = `\uFEFF${HEADER}1,5,7,2,1\r\nnonsense\n2,5,8,2,1`;
    const bytes = [...Buffer.from(text)].map((byte) => Buffer.of(byte));
    const { rows, rejected, read: count, bytes: size } = read(bytes);
    expect(rows).toEqual([
      [1, 5, 7, 2, 1],
      [2, 5, 8, 2, 1],
    ]);
    expect(rejected).toEqual(['animelist.csv,3,wrong number of fields,nonsense\n']);
    expect(count).toBe(3);
    expect(size).toBe(bytes.length);
  });

  it('takes no more pieces after the last wanted row, and counts its bytes alone', () => {
    const row = '1,5,7,2,1\n';
    const result = read([HEADER, row, row, row, row].map(Buffer.from), { rows: 2 });
    expect(result).toMatchObject({ read: 2, taken: 3, bytes: HEADER.length + 2 * row.length });
  });

  it('stops as soon as too many rows are certain to be faulty, when the size is known', () => {
    const pieces = [HEADER, ...Array.from({ length: 20 }, () => 'faulty\n')].map(Buffer.from);
    expect(read(pieces, { maxRejected: 0.1 }).taken).toBeLessThan(10);
    expect(read(pieces, { maxRejected: 0.1, isSizeKnown: false }).taken).toBe(pieces.length);
  });

  it('refuses a header that it does not know as soon as it has arrived, and a file without bytes', () => {
    expect(() => read(['a;b;c\n', '1;2;3\n'].map(Buffer.from))).toThrow(UnusableFileError);
    expect(() => read([Buffer.alloc(20_000, 'x')])).toThrow(/begins with xxx/);
    expect(() => read([])).toThrow(/animelist\.csv is empty/);
  });
});
