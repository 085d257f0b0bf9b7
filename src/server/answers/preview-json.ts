/** A preview as JSON. The longest take many megabytes, so the event loop runs between its parts. */
import type { Preview } from '../../import/place/preview.ts';
import { TimeSlice } from '../../time-slice.ts';

/** Values that become one text: a fraction of a millisecond. */
const BATCH = 50;

export interface PreviewJsonOptions {
  readonly signal?: AbortSignal;
  readonly slice?: TimeSlice;
}

/**
 * @returns UTF-8
 * @throws the signal's reason when it has aborted
 */
export async function previewJson(
  { matched, unknown, ratings, statuses, ...about }: Preview,
  { signal, slice = new TimeSlice() }: PreviewJsonOptions = {},
): Promise<Buffer> {
  const parts: Buffer[] = [];
  const add = (text: string) => parts.push(Buffer.from(text));
  const addArray = async (values: readonly unknown[]) => {
    for (let from = 0; from < values.length; from += BATCH) {
      const batch = values.slice(from, from + BATCH).map((value) => JSON.stringify(value));
      add(`${from > 0 ? ',' : ''}${batch.join(',')}`);
      if (slice.over) await slice.next();
      signal?.throwIfAborted();
    }
  };
  add('{"matched":[');
  await addArray(matched);
  add(`],${JSON.stringify(about).slice(1, -1)},"unknown":[`);
  await addArray(unknown);
  add(`],"statuses":${JSON.stringify(statuses)},"ratings":[`);
  await addArray(ratings);
  add(']}');
  return Buffer.concat(parts);
}
