import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATUS, type StatusName } from '../../../../src/data/interactions.ts';
import { referenceKernels } from '../../../../src/linalg/wasm/reference.ts';
import { ListReader } from '../../../../src/server/fast-list/list-reader.ts';

const ROOM = { bytes: 10_000, entries: 20 };
const reader = new ListReader(ROOM);
const read = (text: string) => reader.read(Buffer.from(text));

/** The same call on the plain twin. */
function referenceRead(text: string) {
  const buffer = new ArrayBuffer(16_384);
  const bytes = Buffer.from(`${text}\0`);
  new Uint8Array(buffer, 1024).set(bytes);
  const end = referenceKernels({ buffer }).readList(1024, 0, ROOM.entries, 64, 256, 512, 0);
  const [size] = new Uint32Array(buffer, 0, 1);
  return end === 0
    ? null
    : {
        animeIds: new Uint32Array(buffer, 64, size),
        ratings: new Uint8Array(buffer, 256, size),
        statuses: new Uint8Array(buffer, 512, size),
        end,
      };
}

const space = fc.constantFrom('', '', '', ' ', '\n\t', '\r ');
const member = fc.oneof(
  fc.nat(2 ** 31).map((animeId) => `"animeId":${animeId}`),
  fc.constantFrom('null', ...Array(12).keys()).map((rating) => `"rating":${rating}`),
  fc
    .constantFrom(...Object.keys(STATUS), 'seen', 'complete', 'completed2')
    .map((status) => `"status":"${status}"`),
  fc.constantFrom('"rating":01', '"animeId":-1', '"animeId": 7', '"Rating":1', '"rating":1.5'),
);
const entry = fc
  .tuple(space, fc.nat(999_999_999), fc.array(member, { maxLength: 3 }), space)
  .map(([before, animeId, members, after]) => {
    const parts = [`"animeId":${animeId}`, ...members].map((part) => before + part + after);
    return `{${parts.reverse().join(',')}}`;
  });
const text = fc
  .tuple(space, fc.array(entry, { maxLength: 22 }), space, fc.constantFrom('', '}', ',"limit":2}'))
  .map(
    ([before, entries, after, rest]) =>
      `${before}{"ratings":${after}[${entries.join(`${before},`)}${after}]${rest}`,
  );

describe('readList()', () => {
  it('reads what its reference reads, whole or changed', () => {
    const change = fc.record({ at: fc.nat(), cut: fc.nat(2), put: fc.constantFrom('', ',', '"') });
    fc.assert(
      fc.property(text, fc.option(change), (whole, changed) => {
        const at = changed ? changed.at % whole.length : 0;
        const json = changed
          ? whole.slice(0, at) + changed.put + whole.slice(at + changed.cut)
          : whole;
        expect(read(json)).toEqual(referenceRead(json));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads every status and its default', () => {
    for (const name of Object.keys(STATUS) as StatusName[])
      expect(read(`{"ratings":[{"animeId":1,"status":"${name}"}]}`)?.statuses[0]).toBe(
        STATUS[name],
      );
    expect(read('{"ratings":[{"animeId":1}]}')?.statuses[0]).toBe(STATUS.completed);
  });

  it('stops where the text ends, though a longer one was there before', () => {
    const whole = '{"ratings":[{"animeId":12,"rating":10,"status":"dropped"}]}';
    expect(read(whole)?.end).toBe(whole.length - 1);
    for (let length = 0; length < whole.length - 1; length++)
      expect(read(whole.slice(0, length))).toBeNull();
  });

  it('reads nothing that is longer than its room', () => {
    const list = (entries: number) => `{"ratings":[${Array(entries).fill('{"animeId":1}')}]}`;
    expect(read(list(20))?.animeIds).toHaveLength(20);
    expect(read(list(21))).toBeNull();
    expect(read(list(1) + ' '.repeat(10_000))).toBeNull();
    expect(read(list(0))?.animeIds).toHaveLength(0);
  });

  it('keeps a list when the next one is read', () => {
    const first = read('{"ratings":[{"animeId":1,"rating":9}]}');
    read('{"ratings":[{"animeId":2}]}');
    expect([first?.animeIds[0], first?.ratings[0]]).toEqual([1, 9]);
  });
});
