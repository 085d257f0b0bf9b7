/**
 * Writes ranked lists as the bytes of their JSON: the same as the schema serialiser writes of recommendationsAnswer().
 * What is said of a title is written once and copied into every list that has it; docs/measurements.md has the gain.
 */
import { Type } from 'typebox';
import { CardSchema } from '../../api/anime.ts';
import { BecauseSchema } from '../../api/recommendations.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import type { Recommendation } from '../../recommend/ranker.ts';
import { cardOf } from '../answers/card.ts';
import { type Frame, partsOf, WHOLE } from '../answers/list-parts.ts';
import { serializerOf } from '../http/serializer.ts';
import { MAX_NUMBER_BYTES, writeDecimal, writeInteger } from './numbers.ts';
import { orderBytes, writeOrder } from './order-writer.ts';

const { animeId, title } = BecauseSchema.properties;
const cardJson = serializerOf(CardSchema);
const nameJson = serializerOf(Type.Object({ animeId, title }));

const RANK = Buffer.from('{"rank":');
const ANIME = ',"anime":';
const SCORE = ',"score":';
const PRIOR = Buffer.from(',"prior":');
const BECAUSE = Buffer.from(',"because":[');
const SHARE = ',"share":';
const SHARE_OF_SCORE = Buffer.from(',"shareOfScore":');
const CONTRIBUTION = Buffer.from(',"contribution":');
const INSTEAD_OF = Buffer.from(',"insteadOf":');

/** Bytes of what stands around a title's and a reason's own bytes, at most. */
const AROUND_TITLE =
  RANK.length + PRIOR.length + BECAUSE.length + INSTEAD_OF.length + 3 * MAX_NUMBER_BYTES + 4;
const AROUND_REASON = SHARE_OF_SCORE.length + CONTRIBUTION.length + 3 * MAX_NUMBER_BYTES + 2;

const COMMA = 0x2c;
const CLOSING_BRACKET = 0x5d;
const CLOSING_BRACE = 0x7d;

/** What is read of a bundle. */
type Named = Pick<Bundle, 'version' | 'catalogue'>;

/** Some of a list's items, `to` exclusive. */
interface Part {
  readonly list: readonly Recommendation[];
  readonly ignored: readonly number[];
  readonly frame: Frame;
  readonly from: number;
  readonly to: number;
}

/** The written titles of one bundle, by animeId; filled as lists need them. */
interface WrittenTitles {
  /** `,"anime":{…},"score":` */
  readonly cards: Map<number, Buffer>;
  /** `{"animeId":1,"title":"…","share":` */
  readonly reasons: Map<number, Buffer>;
}

export class ListWriter {
  /** by the catalogue of a bundle, so that they go with it */
  readonly #written = new WeakMap<Bundle['catalogue'], WrittenTitles>();

  /** @returns a buffer of its own, which no later list changes */
  write(bundle: Named, list: readonly Recommendation[], ignored: readonly number[]): Buffer {
    return this.#part(bundle, { list, ignored, frame: WHOLE, from: 0, to: list.length });
  }

  /** The same bytes in parts, each of which takes about a millisecond. */
  *parts(
    bundle: Named,
    list: readonly Recommendation[],
    ignored: readonly number[],
    frame = WHOLE,
  ): Generator<Buffer> {
    for (const { from, to } of partsOf(list))
      yield this.#part(bundle, { list, ignored, frame, from, to });
  }

  #part({ version, catalogue }: Named, { list, ignored, frame, from, to }: Part): Buffer {
    const { cards, reasons } = this.#titlesOf(catalogue);
    const part = list.slice(from, to);
    const items = part.map(({ anime, because }) => ({
      card: cached(cards, anime.animeId, () => `${ANIME}${cardJson(cardOf(anime))}${SCORE}`),
      reasons: because.map((reason) =>
        cached(reasons, reason.animeId, () => `${nameJson(reason).slice(0, -1)}${SHARE}`),
      ),
    }));
    const swaps = part.map(({ insteadOf }) => (insteadOf ? nameJson(insteadOf) : ''));
    const start = from === 0 ? `${frame.start}"items":[` : '';
    const end = to === list.length ? endOf(ignored, version, frame) : '';
    const bytes = Buffer.allocUnsafe(sizeOf(part, items, swaps) + 3 * (start.length + end.length));
    let at = bytes.write(start);
    for (let n = 0; n < part.length; n++) {
      if (from + n > 0) bytes[at++] = COMMA;
      at = writeItem(bytes, at, part[n], items[n]);
      if (swaps[n]) {
        at += INSTEAD_OF.copy(bytes, at);
        at += bytes.write(swaps[n], at);
      }
      bytes[at++] = CLOSING_BRACE;
    }
    at += bytes.write(end, at);
    return bytes.subarray(0, at);
  }

  #titlesOf(catalogue: Bundle['catalogue']): WrittenTitles {
    let written = this.#written.get(catalogue);
    if (!written) {
      written = { cards: new Map(), reasons: new Map() };
      this.#written.set(catalogue, written);
    }
    return written;
  }
}

interface WrittenItem {
  readonly card: Buffer;
  readonly reasons: readonly Buffer[];
}

function writeItem(
  bytes: Buffer,
  from: number,
  { rank, score, prior, because, order }: Recommendation,
  { card, reasons }: WrittenItem,
): number {
  let at = from + RANK.copy(bytes, from);
  at = writeInteger(bytes, at, rank);
  at += card.copy(bytes, at);
  at = writeDecimal(bytes, at, score);
  at += PRIOR.copy(bytes, at);
  at = writeDecimal(bytes, at, prior);
  at += BECAUSE.copy(bytes, at);
  for (let r = 0; r < because.length; r++) {
    if (r > 0) bytes[at++] = COMMA;
    at += reasons[r].copy(bytes, at);
    at = writeDecimal(bytes, at, because[r].share);
    at += SHARE_OF_SCORE.copy(bytes, at);
    at = writeDecimal(bytes, at, because[r].shareOfScore);
    at += CONTRIBUTION.copy(bytes, at);
    at = writeDecimal(bytes, at, because[r].contribution);
    bytes[at++] = CLOSING_BRACE;
  }
  bytes[at++] = CLOSING_BRACKET;
  return writeOrder(bytes, at, order);
}

/** Bytes that the items take, at most. */
function sizeOf(
  part: readonly Recommendation[],
  items: readonly WrittenItem[],
  swaps: readonly string[],
): number {
  let size = 0;
  for (const { order } of part) size += orderBytes(order);
  for (const { card, reasons } of items) {
    size += card.length + AROUND_TITLE;
    for (const reason of reasons) size += reason.length + AROUND_REASON;
  }
  for (const swap of swaps) size += 3 * swap.length;
  return size;
}

function endOf(ignored: readonly number[], version: string, frame: Frame): string {
  return `],"ignored":${JSON.stringify(ignored)},"bundle":${JSON.stringify(version)}${frame.end}`;
}

function cached(written: Map<number, Buffer>, id: number, json: () => string): Buffer {
  let bytes = written.get(id);
  if (!bytes) {
    bytes = Buffer.from(json());
    written.set(id, bytes);
  }
  return bytes;
}
