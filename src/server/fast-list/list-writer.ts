/** Lists of recommendations as JSON, put together by a kernel from pieces that are made once: what is said of a title. */

import type { Terms } from '../../linalg/term-finder.ts';
import { instantiateKernels } from '../../linalg/wasm/instance.ts';
import type { Kernels } from '../../linalg/wasm/kernels.ts';

/** A list in columns, best first. Of so few numbers arrays are lighter than typed ones, whose memory is swept by itself. */
export interface ListColumns {
  readonly items: readonly number[];
  /** −1 = takes no other title's place */
  readonly insteadOf: readonly number[];
  readonly scores: readonly number[];
  readonly priors: readonly number[];
  /** what the scores are made of */
  readonly reasons: Terms;
}

const PAGE = 65_536;
/** Bytes that are copied at a time: so many may be read behind a piece. */
const STRIDE = 16;
/** Bytes of a recommendation beside its pieces, and of a reason, at most (kernels.ts). */
const BESIDE = 192;
/** Numbers in JSON are below this, on either side. */
const TOO_LARGE = 1e9;

/** Where a column of numbers is put for the kernel. */
interface Column<T> {
  readonly at: number;
  readonly values: T;
}

interface Columns {
  /** entries that there is room for */
  readonly rows: number;
  readonly terms: number;
  readonly items: Column<Uint32Array>;
  readonly insteadOf: Column<Int32Array>;
  readonly scores: Column<Float32Array>;
  readonly priors: Column<Float64Array>;
  readonly ends: Column<Uint32Array>;
  readonly causes: Column<Uint32Array>;
  readonly parts: Column<Float32Array>;
  readonly totals: Column<Float64Array>;
}

export class ListWriter {
  readonly #kernels: Kernels;
  readonly #memory: WebAssembly.Memory;
  /** of each item four u32: where its card is, the card's length, where its name is, the name's length */
  readonly #pieces: Column<Uint32Array>;
  /** the whole memory */
  #bytes: Uint8Array;
  /** what is taken of it */
  #taken = STRIDE;
  #columns: Columns;
  #out: { readonly at: number; readonly room: number };
  /** bytes left free before the output */
  readonly #lead: number;

  /**
   * @param items that there are
   * @param lead bytes that stand before the list in an answer. So many are left free before it here too: from shared
   *   memory V8 copies words only between places that are the same within a word, and else a byte at a time.
   */
  constructor(items: number, lead = 0) {
    this.#lead = lead % STRIDE;
    const { kernels, memory } = instantiateKernels(PAGE);
    this.#kernels = kernels;
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#pieces = this.#column(Uint32Array, 4 * items);
    this.#columns = this.#newColumns(32, 256);
    this.#out = this.#newOut(PAGE);
  }

  /** Whether the pieces of an item are there. */
  has(item: number): boolean {
    return this.#pieces.values[4 * item + 1] > 0;
  }

  /**
   * Keeps what is written wherever the item stands. It is given once.
   * @param card JSON of the title as a list has it
   * @param name JSON of the title as a reason, without its end: {"animeId":5114,"title":"…"
   * @returns the card where it is kept: it stays good as long as somebody holds it, and is not to be written to
   */
  place(item: number, card: Uint8Array, name: Uint8Array): Uint8Array {
    const pieces = this.#pieces.values;
    const [kept] = [card, name].map((piece, n) => {
      const at = this.#reserve(piece.length + STRIDE);
      this.#bytes.set(piece, at);
      pieces[4 * item + 2 * n] = at;
      pieces[4 * item + 2 * n + 1] = piece.length;
      return this.#bytes.subarray(at, at + piece.length);
    });
    return kept;
  }

  /**
   * The recommendations as JSON, with commas between them. The pieces of all items of the list have been placed.
   * @returns bytes that are only good until the next call
   * @throws RangeError when a score is not a number below 10⁹
   */
  write(list: ListColumns): Uint8Array {
    const { length } = list.items;
    checkNumbers(list);
    const room = this.#roomFor(list);
    if (this.#out.room < room) this.#out = this.#newOut(2 * room);
    const columns = this.#filled(list);
    const { items, insteadOf, scores, priors, ends, causes, parts, totals } = columns;
    const { at } = this.#out;
    const written = this.#kernels.writeList(
      this.#pieces.at,
      items.at,
      insteadOf.at,
      scores.at,
      priors.at,
      ends.at,
      causes.at,
      parts.at,
      totals.at,
      length,
      at,
      this.#out.room,
    );
    return this.#bytes.subarray(at, at + written);
  }

  /** Bytes that the list takes at most. */
  #roomFor({ items, insteadOf, reasons }: ListColumns): number {
    const pieces = this.#pieces.values;
    const terms = reasons.items.length;
    let bytes = BESIDE * (1 + items.length + terms);
    for (let n = 0; n < items.length; n++) {
      bytes += pieces[4 * items[n] + 1];
      // The kernel keeps the room for it free at each reason.
      if (insteadOf[n] >= 0) bytes += 2 * pieces[4 * insteadOf[n] + 3];
    }
    for (let term = 0; term < terms; term++) bytes += pieces[4 * reasons.items[term] + 3];
    return bytes;
  }

  #filled({ items, insteadOf, scores, priors, reasons }: ListColumns): Columns {
    const { length } = items;
    const terms = reasons.items.length;
    const { rows } = this.#columns;
    if (length > rows || terms > this.#columns.terms)
      this.#columns = this.#newColumns(
        Math.max(rows, 2 * length),
        Math.max(this.#columns.terms, 2 * terms),
      );
    const columns = this.#columns;
    for (let n = 0; n < length; n++) {
      columns.items.values[n] = items[n];
      columns.insteadOf.values[n] = insteadOf[n];
      columns.scores.values[n] = scores[n];
      columns.priors.values[n] = priors[n];
      columns.ends.values[n] = reasons.ends[n];
      columns.totals.values[n] = reasons.totals[n];
    }
    for (let term = 0; term < terms; term++) {
      columns.causes.values[term] = reasons.items[term];
      columns.parts.values[term] = reasons.parts[term];
    }
    return columns;
  }

  #newColumns(rows: number, terms: number): Columns {
    return {
      rows,
      terms,
      items: this.#column(Uint32Array, rows),
      insteadOf: this.#column(Int32Array, rows),
      scores: this.#column(Float32Array, rows),
      priors: this.#column(Float64Array, rows),
      ends: this.#column(Uint32Array, rows),
      causes: this.#column(Uint32Array, terms),
      parts: this.#column(Float32Array, terms),
      totals: this.#column(Float64Array, rows),
    };
  }

  #newOut(room: number): { at: number; room: number } {
    return { at: this.#reserve(this.#lead + room) + this.#lead, room };
  }

  #column<T>(
    Values: (new (
      buffer: ArrayBufferLike,
      at: number,
      length: number,
    ) => T) & {
      readonly BYTES_PER_ELEMENT: number;
    },
    length: number,
  ): Column<T> {
    const at = this.#reserve(Values.BYTES_PER_ELEMENT * length);
    return { at, values: new Values(this.#memory.buffer, at, length) };
  }

  /** Takes bytes that have not been taken, of a larger memory if need be; what was taken stays where it is. */
  #reserve(bytes: number): number {
    const at = this.#taken;
    this.#taken = at + STRIDE * Math.ceil(bytes / STRIDE);
    const missing = this.#taken - this.#bytes.length;
    if (missing > 0) {
      this.#memory.grow(Math.ceil(Math.max(missing, 16 * PAGE) / PAGE));
      this.#bytes = new Uint8Array(this.#memory.buffer);
    }
    return at;
  }
}

function checkNumbers({ items, scores, priors }: ListColumns): void {
  for (let n = 0; n < items.length; n++) {
    if (Math.abs(scores[n]) < TOO_LARGE && Math.abs(priors[n]) < TOO_LARGE) continue;
    throw new RangeError(
      `The score of item ${items[n]} is ${scores[n]}, its prior ${priors[n]}: expected numbers below ${TOO_LARGE}`,
    );
  }
}
