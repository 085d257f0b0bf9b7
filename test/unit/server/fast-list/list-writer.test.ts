import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../../../src/data/random.ts';
import { instantiateKernels } from '../../../../src/linalg/wasm/instance.ts';
import { referenceKernels } from '../../../../src/linalg/wasm/reference.ts';
import { type ListColumns, ListWriter } from '../../../../src/server/fast-list/list-writer.ts';

const TITLES = ['Known', '進撃の巨人', 'Say "\\"', '', 'x'.repeat(3000), '🙂🙂🙂🙂'];
const card = (item: number) => Buffer.from(JSON.stringify({ animeId: item, text: TITLES[item] }));
const name = (item: number) =>
  Buffer.from(JSON.stringify({ animeId: item, title: TITLES[item] }).slice(0, -1));

interface Shape {
  readonly rows: number;
  readonly reasons: number;
  readonly seed: number;
  readonly scale: number;
}

const shape = fc.record<Shape>({
  rows: fc.integer({ min: 0, max: 40 }),
  reasons: fc.integer({ min: 0, max: 12 }),
  seed: fc.integer(),
  scale: fc.constantFrom(1e-9, 1e-4, 1, 12, 1e5, 9e8),
});

function drawn({ rows, reasons, seed, scale }: Shape): ListColumns {
  const uniform = random(seed);
  const one = () => Math.floor(TITLES.length * uniform());
  const number = () => (uniform() < 0.1 ? 0 : Math.fround(scale * (2 * uniform() - 1)));
  const ends: number[] = [];
  for (let n = 0, end = 0; n < rows; n++) {
    end += Math.floor((reasons + 1) * uniform());
    ends.push(end);
  }
  const terms = ends.at(-1) ?? 0;
  return {
    items: Array.from({ length: rows }, one),
    insteadOf: Array.from({ length: rows }, () => (uniform() < 0.5 ? -1 : one())),
    scores: Array.from({ length: rows }, number),
    priors: Array.from({ length: rows }, number),
    reasons: {
      ends,
      items: Array.from({ length: terms }, one),
      parts: Array.from({ length: terms }, number),
      totals: Array.from({ length: rows }, number),
    },
  };
}

function newWriter(): ListWriter {
  const writer = new ListWriter(TITLES.length);
  TITLES.forEach((_, item) => {
    writer.place(item, card(item), name(item));
  });
  return writer;
}

/** What the list says, number by number. */
function expected({ items, insteadOf, scores, priors, reasons }: ListColumns) {
  const named = (item: number) => ({ animeId: item, title: TITLES[item] });
  return Array.from(items, (item, n) => ({
    rank: n + 1,
    anime: JSON.parse(card(item).toString()),
    score: scores[n],
    prior: priors[n],
    because: Array.from(
      reasons.items.slice(n === 0 ? 0 : reasons.ends[n - 1], reasons.ends[n]),
      (cause, at) => {
        const contribution = reasons.parts[(n === 0 ? 0 : reasons.ends[n - 1]) + at];
        const total = reasons.totals[n];
        return { ...named(cause), share: total > 0 ? contribution / total : 0, contribution };
      },
    ),
    ...(insteadOf[n] < 0 ? {} : { insteadOf: named(insteadOf[n]) }),
  }));
}

/** The same but for what eight decimals leave out. */
function expectAlike(written: unknown, wanted: unknown): void {
  if (typeof wanted === 'number') {
    expect(Math.abs((written as number) - wanted)).toBeLessThanOrEqual(
      5.1e-9 + Math.abs(wanted) * 1e-15,
    );
  } else if (typeof wanted === 'object' && wanted !== null) {
    expect(Object.keys(written as object)).toEqual(Object.keys(wanted));
    for (const [key, part] of Object.entries(wanted))
      expectAlike((written as Record<string, unknown>)[key], part);
  } else expect(written).toBe(wanted);
}

describe('ListWriter', () => {
  it('writes JSON that says what the columns say, whatever the texts and the sizes', () => {
    const writer = newWriter();
    fc.assert(
      fc.property(shape, (drawing) => {
        const list = drawn({ ...drawing, scale: Math.min(drawing.scale, 12) });
        // A share may be large where a total is small; the kernel writes numbers below 10⁹.
        const totals = list.reasons.totals.map((total) => (Math.abs(total) < 1e-6 ? 0 : total));
        const shown = { ...list, reasons: { ...list.reasons, totals } };
        const json = JSON.parse(`[${Buffer.from(writer.write(shown)).toString()}]`);
        expectAlike(json, expected(shown));
      }),
      { numRuns: 200 },
    );
  });

  it('takes lists of any length after one another', () => {
    const writer = newWriter();
    for (const rows of [1, 500, 2, 0, 700]) {
      const list = drawn({ rows, reasons: 60, seed: rows, scale: 1 });
      const json = JSON.parse(`[${Buffer.from(writer.write(list)).toString()}]`);
      expect(json).toHaveLength(rows);
      expectAlike(json.at(-1), expected(list).at(-1));
    }
  });

  it('writes a share of next to nothing as a number all the same', () => {
    const list: ListColumns = {
      items: [0],
      insteadOf: [-1],
      scores: [0.5],
      priors: [0],
      reasons: { ends: [1], items: [1], parts: [0.5], totals: [1e-20] },
    };
    const { because } = JSON.parse(Buffer.from(newWriter().write(list)).toString());
    expect(because).toEqual([{ animeId: 1, title: TITLES[1], share: 1e9, contribution: 0.5 }]);
  });

  it('knows which titles have been placed', () => {
    const writer = new ListWriter(3);
    writer.place(1, card(1), name(1));
    expect([0, 1, 2].map((item) => writer.has(item))).toEqual([false, true, false]);
  });

  it('refuses scores that are no numbers or too large', () => {
    const writer = newWriter();
    const list = drawn({ rows: 2, reasons: 0, seed: 1, scale: 1 });
    const scored = (score: number) => ({ ...list, scores: [list.scores[0], score] });
    expect(() => writer.write(scored(Number.NaN))).toThrow(/The score of item \d is NaN/);
    expect(() => writer.write(scored(1e12))).toThrow(RangeError);
  });
});

describe('writeList()', () => {
  const BYTES = 1 << 20;
  const OUT = 1 << 19;

  /** Everything laid out in memory, and the call. */
  function call(buffer: ArrayBufferLike, list: ListColumns) {
    let end = 64;
    const put = (bytes: ArrayBufferView) => {
      const at = end;
      end += Math.ceil((bytes.byteLength + 16) / 16) * 16;
      new Uint8Array(buffer, at).set(
        new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      );
      return at;
    };
    const table = TITLES.flatMap((_, item) =>
      [card(item), name(item)].flatMap((piece) => [put(piece), piece.length]),
    );
    const { reasons } = list;
    return [
      put(Uint32Array.from(table)),
      put(Uint32Array.from(list.items)),
      put(Int32Array.from(list.insteadOf)),
      put(Float32Array.from(list.scores)),
      put(Float64Array.from(list.priors)),
      put(Uint32Array.from(reasons.ends)),
      put(Uint32Array.from(reasons.items)),
      put(Float32Array.from(reasons.parts)),
      put(Float64Array.from(reasons.totals)),
      list.items.length,
      OUT,
    ] as const;
  }

  it('gives what its reference gives, byte for byte', async () => {
    const fast = instantiateKernels(BYTES);
    fc.assert(
      fc.property(shape, (drawing) => {
        const list = drawn(drawing);
        const totals = list.items.map((_, n) => [drawing.scale, 1e-20, 0, -1, 5e-324][n % 5]);
        const shown = { ...list, reasons: { ...list.reasons, totals } };
        const plain = new ArrayBuffer(BYTES);
        const [slow, quick] = [plain, fast.memory.buffer].map((buffer) => {
          const kernels = buffer === plain ? referenceKernels({ buffer }) : fast.kernels;
          const written = kernels.writeList(...call(buffer, shown), BYTES - OUT);
          return Buffer.from(new Uint8Array(buffer, OUT, written)).toString();
        });
        expect(quick).toBe(slow);
      }),
      { numRuns: 200 },
    );
  });

  it('writes nothing beyond its room', async () => {
    const { kernels, memory } = instantiateKernels(BYTES);
    const list = drawn({ rows: 5, reasons: 5, seed: 3, scale: 1 });
    const given = call(memory.buffer, list);
    const whole = kernels.writeList(...given, BYTES - OUT);
    expect(whole).toBeGreaterThan(1000);
    const after = new Uint8Array(memory.buffer, OUT);
    for (let room = 0; room < whole; room += 37) {
      after.fill(7);
      expect(kernels.writeList(...given, room)).toBe(0);
      expect(after.subarray(room, room + 4000).every((byte) => byte === 7)).toBe(true);
    }
  });
});
