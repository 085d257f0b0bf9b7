/** A preview as JSON. Of a list of ten thousand titles it is megabytes, so others get their turn between its parts. */
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Preview } from '../../import/preview.ts';

/** Titles: a few milliseconds. */
const PART = 500;

export async function previewJson({ matched, ...rest }: Preview): Promise<string> {
  const parts: string[] = [];
  for (let from = 0; from < matched.length; from += PART) {
    await othersFirst();
    const titles = matched.slice(from, from + PART);
    parts.push(titles.map((title) => JSON.stringify(title)).join(','));
  }
  await othersFirst();
  return `{"matched":[${parts.join(',')}],${JSON.stringify(rest).slice(1)}`;
}
