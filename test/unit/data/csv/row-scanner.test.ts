/** The scanner of bytes against the plain reader of text: what the first reads, the second reads alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PersonNames } from '../../../../src/data/csv/person-names.ts';
import { planOf } from '../../../../src/data/csv/rating-plan.ts';
import { RatingReader } from '../../../../src/data/csv/rating-reader.ts';
import { requireLayout } from '../../../../src/data/csv/recognise.ts';
import { FileAccount } from '../../../../src/data/csv/rejects.ts';
import { RowScanner } from '../../../../src/data/csv/row-scanner.ts';
import { readTextRow } from '../../../../src/data/csv/text-row.ts';
import type { Recognised } from '../../../../src/data/layout/layout.ts';
import { RATING_LAYOUTS, type RatingLayout } from '../../../../src/data/layout/rating-layouts.ts';

const planFor = (header: string) =>
  planOf(requireLayout('a.csv', header, 'ratings') as Recognised<RatingLayout>);

const VALUES = fc.oneof(
  fc.nat(120).map(String),
  fc.constantFrom('', '7.0', '8.3', '.5', '10.00', '7.55', 'nan', '-1', 'Plan to Watch', 'x'),
  fc.constantFrom('plan_to_watch', 'Completed', 'on-hold', 'watching', 'dropped', 'cancelled'),
  fc.constantFrom('"7"', '"a,b"', '"a""b"', '"', 'a"b', '"a', '2147483648', '99999999999'),
  fc.constantFrom(
    '0000-00-00',
    '2013-03-03',
    '2020-02-29 10:11:12+00:00',
    '2021-13-01',
    '1362307973',
  ),
  fc.constantFrom('person1', 'NA', 'null', '-------', 'é', '漢字'),
);

describe('RowScanner', () => {
  it.each(RATING_LAYOUTS.map(({ id, header }) => [id, header]))(
    'reads rows of %s as the reader of text does',
    (_, header) => {
      const plan = planFor(header);
      const columns = header.split(',').length;
      const line = fc.array(VALUES, { minLength: columns - 1, maxLength: columns + 1 });
      fc.assert(
        fc.property(line, (fields) => {
          const names = new PersonNames();
          const record = Buffer.from(fields.join(','));
          const bytes = Buffer.concat([record, Buffer.from('\n')]);
          const scanner = new RowScanner(plan, names);
          const next = scanner.scan(bytes, 0, bytes.length);
          if (next < 0) return;
          expect(next).toBe(bytes.length);
          expect([...scanner.row]).toEqual(readTextRow(record, plan, names));
        }),
        { numRuns: 400 },
      );
    },
  );

  it('reads times and tenths', () => {
    const plan = planFor('user_id,anime_id,score,status,progress,last_interaction_date');
    const scan = (text: string) => {
      const scanner = new RowScanner(plan, new PersonNames());
      const bytes = Buffer.from(`${text}\n`);
      return scanner.scan(bytes, 0, bytes.length) < 0 ? null : [...scanner.row];
    };
    const time = Date.UTC(2020, 1, 29, 10, 11, 12) / 1000;
    expect(scan('-------,5,8,plan_to_watch,65535,2020-02-29 10:11:12+00:00')).toEqual([
      1,
      5,
      8,
      6,
      65_535,
      time,
    ]);
    const tenths = planFor('userID,animeID,rating');
    const bytes = Buffer.from('3,7,8.3\n');
    const scanner = new RowScanner(tenths, new PersonNames());
    expect(scanner.scan(bytes, 0, bytes.length)).toBe(bytes.length);
    expect([...scanner.row.subarray(0, 3)]).toEqual([3, 7, 83]);
  });
});

/** What becomes of a file that comes in these pieces. */
function read(pieces: readonly Uint8Array[]) {
  const rows: number[][] = [];
  const rejected: string[] = [];
  const account = new FileAccount('a.csv', (text) => void rejected.push(text));
  const reader = new RatingReader({
    ...{ account, known: new Uint8Array(200).fill(1), size: null, rows: 0, maxRejected: 1 },
    sinkFor: () => ({ add: (...row) => void rows.push(row) }),
  });
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return { rows, rejected, read: account.read, unknown: account.unknownStatuses };
}

describe('RatingReader on layouts with text', () => {
  const header = 'user_id,Username,anime_id,Anime Title,rating\n';
  const field = fc.constantFrom(
    '1',
    '7',
    '',
    '"a,b"',
    '"two\nlines"',
    '"stray',
    'x"y',
    '"q""q"',
    '9.0',
  );
  const line = fc.array(field, { minLength: 4, maxLength: 6 }).map((fields) => fields.join(','));
  const file = fc
    .array(line, { maxLength: 25 })
    .map((lines) => Buffer.from(`${header}1,me,5,"Fine, this",7\n${lines.join('\n')}`));

  it('gives the same rows and account wherever the bytes are cut', () => {
    fc.assert(
      fc.property(file, fc.array(fc.nat(400), { maxLength: 8 }), (bytes, cuts) => {
        const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length];
        at.sort((a, b) => a - b);
        const pieces = at.slice(1).map((end, piece) => bytes.subarray(at[piece], end));
        const whole = read([bytes]);
        expect(read(pieces)).toEqual(whole);
        expect(whole.rows.length + whole.rejected.length).toBe(whole.read);
        expect(whole.rows[0]).toEqual([1, 5, 7, 2, 0, 0]);
      }),
      { numRuns: 150 },
    );
  });

  it('survives any bytes, and accounts for every record', () => {
    const bytes = fc.uint8Array({ maxLength: 500 });
    fc.assert(
      fc.property(bytes, fc.constantFrom(...RATING_LAYOUTS), (rest, layout) => {
        const { rows, rejected, read: count } = read([Buffer.from(`${layout.header}\n`), rest]);
        expect(rows.length + rejected.length).toBe(count);
      }),
      { numRuns: 300 },
    );
  });

  it('loses one line to a quote that is never closed, however long the file', () => {
    const good = '2,me,6,Title,8\n'.repeat(10_000);
    const { rows, rejected } = read([Buffer.from(`${header}1,me,5,"never closed,7\n${good}`)]);
    expect(rows).toHaveLength(10_000);
    expect(rejected).toEqual([expect.stringContaining(',2,broken quoting,')]);
  });

  it('counts titles without a score as not seen where there are no statuses', () => {
    const { rows, unknown } = read([Buffer.from('user_id,anime_id,rating\n1,5,0\n1,6,\n1,7,9\n')]);
    expect(rows.map((row) => row[3])).toEqual([6, 6, 2]);
    expect(unknown).toBe(2);
  });
});
