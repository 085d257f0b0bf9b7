/**
 * Long lists as JSON, a part at a time: 500 titles with 500 reasons each have 5 MB, which would block all other requests
 * for 20 ms and wait in memory for a client that reads slowly.
 */
import { Readable } from 'node:stream';
import { RecommendationSchema } from '../../api/recommendations.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import type { Recommendation } from '../../recommend/ranker.ts';
import { eventLoopTurn } from '../../time-slice.ts';
import { serializerOf } from '../http/serializer.ts';
import { recommendationsAnswer } from './recommendations-answer.ts';

/** What the object of a list begins and ends with. */
export interface Frame {
  readonly start: string;
  readonly end: string;
}

export const WHOLE: Frame = { start: '{', end: '}' };

/** The JSON of a list; its parts in a row are the whole. */
export type ListParts = (
  bundle: Pick<Bundle, 'version' | 'catalogue'>,
  list: readonly Recommendation[],
  ignored: readonly number[],
  frame?: Frame,
) => Iterable<Buffer>;

/** Titles and reasons of a part: about 400 kB, written in a millisecond. */
const PART_SIZE = 5000;

/** Whether a list is so long that it should be sent in parts. */
export function isLong(list: readonly Recommendation[]): boolean {
  return list.reduce((size, { because }) => size + 1 + because.length, 0) > PART_SIZE;
}

/** Where the parts of a list begin and end (exclusive). An empty list has one. */
export function* partsOf(
  list: readonly Recommendation[],
): Generator<{ readonly from: number; readonly to: number }> {
  let from = 0;
  let size = 0;
  for (let at = 0; at < list.length; at++) {
    size += 1 + list[at].because.length;
    if (size <= PART_SIZE) continue;
    yield { from, to: at + 1 };
    from = at + 1;
    size = 0;
  }
  if (from < list.length || list.length === 0) yield { from, to: list.length };
}

const itemJson = serializerOf(RecommendationSchema);

/** As the schema serialiser writes it. */
export const plainParts: ListParts = function* ({ version }, list, ignored, frame = WHOLE) {
  const start = `${frame.start}"items":[`;
  const end = `],"ignored":${JSON.stringify(ignored)},"bundle":${JSON.stringify(version)}${frame.end}`;
  for (const { from, to } of partsOf(list)) {
    const { items } = recommendationsAnswer({ version }, list.slice(from, to), []);
    const text = items.map((item) => itemJson(item)).join(',');
    yield Buffer.from(`${from === 0 ? start : ','}${text}${to === list.length ? end : ''}`);
  }
};

/** A stream that makes each part when the client can take it, and lets the event loop run before. */
export function streamOf(parts: Iterable<Buffer>): Readable {
  return Readable.from(inTurns(parts), { objectMode: false });
}

async function* inTurns(parts: Iterable<Buffer>): AsyncGenerator<Buffer> {
  for (const part of parts) {
    await eventLoopTurn();
    yield part;
  }
}
