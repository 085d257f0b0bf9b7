/**
 * A list of titles in JSON, read by a kernel straight from its bytes: 300 titles take a quarter of the time of
 * JSON.parse alone, and there are no objects to check after it. It knows the shape that programs write,
 *
 *   {"ratings":[{"animeId":5114,"rating":9,"status":"completed"}, …]
 *
 * with the names of a title in any order and white space between the parts.
 */
import { STATUS } from '../../data/interactions.ts';
import { instantiateKernels } from '../../linalg/wasm/instance.ts';

/** Bytes of a word in the table that the kernel takes. */
const WORD = 32;
const NAMES = ['"ratings":', '"animeId":', '"rating":', '"status":', 'null'];
/** The first is the default. */
const STATUSES = ['completed', 'watching', 'on_hold', 'dropped', 'plan_to_watch'] as const;

export interface ReadList {
  readonly animeIds: Uint32Array;
  /** 0 = not scored */
  readonly ratings: Uint8Array;
  /** codes of `STATUS` */
  readonly statuses: Uint8Array;
  /** where the text goes on, behind the list */
  readonly end: number;
}

export class ListReader {
  readonly #room: { readonly bytes: number; readonly entries: number };
  readonly #text: Uint8Array;
  readonly #size: Uint32Array;
  readonly #lists: { animeIds: Uint32Array; ratings: Uint8Array; statuses: Uint8Array };
  readonly #run: () => number;

  /** @param room the longest text and the most entries that are read */
  constructor(room: { readonly bytes: number; readonly entries: number }) {
    const { bytes, entries } = room;
    const size = 64;
    const words = 128;
    const animeIds = words + WORD * (NAMES.length + STATUSES.length);
    const ratings = animeIds + 4 * entries;
    const statuses = ratings + entries;
    const text = statuses + entries;
    const { kernels, memory } = instantiateKernels(text + bytes + 1);
    const { buffer } = memory;
    writeWords(new DataView(buffer, words));
    this.#room = room;
    this.#text = new Uint8Array(buffer, text, bytes + 1);
    this.#size = new Uint32Array(buffer, size, 1);
    this.#lists = {
      animeIds: new Uint32Array(buffer, animeIds, entries),
      ratings: new Uint8Array(buffer, ratings, entries),
      statuses: new Uint8Array(buffer, statuses, entries),
    };
    this.#run = () => kernels.readList(text, words, entries, animeIds, ratings, statuses, size);
  }

  /** The list at the beginning of the text; null when something else stands there, or it is too long. */
  read(text: Uint8Array): ReadList | null {
    if (text.length > this.#room.bytes) return null;
    this.#text.set(text);
    this.#text[text.length] = 0;
    const end = this.#run();
    if (end === 0) return null;
    const [size] = this.#size;
    const { animeIds, ratings, statuses } = this.#lists;
    // One piece of memory for the three: every piece is one more for the garbage collector.
    const memory = new ArrayBuffer(6 * size);
    const list = {
      animeIds: new Uint32Array(memory, 0, size),
      ratings: new Uint8Array(memory, 4 * size, size),
      statuses: new Uint8Array(memory, 5 * size, size),
      end,
    };
    list.animeIds.set(animeIds.subarray(0, size));
    list.ratings.set(ratings.subarray(0, size));
    list.statuses.set(statuses.subarray(0, size));
    return list;
  }
}

function writeWords(table: DataView): void {
  const words = [
    ...NAMES.map((text) => ({ text, code: 0 })),
    ...STATUSES.map((name) => ({ text: `"${name}"`, code: STATUS[name] })),
  ];
  words.forEach(({ text, code }, n) => {
    Array.from(text).forEach((letter, at) => {
      table.setUint8(WORD * n + at, letter.charCodeAt(0));
    });
    table.setUint32(WORD * n + 16, 2 ** text.length - 1, true);
    table.setUint32(WORD * n + 20, text.length, true);
    table.setUint32(WORD * n + 24, code, true);
  });
}
