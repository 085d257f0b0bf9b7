/** A preview as JSON. Ten thousand titles take megabytes, so other requests are answered between its parts. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Preview } from '../../import/preview.ts';

/** Titles: a few milliseconds. */
const PART = 500;

export async function previewJson({ matched, ...rest }: Preview): Promise<string> {
  const parts: string[] = [];
  for (let from = 0; from < matched.length; from += PART) {
    await yieldToEventLoop();
    const titles = matched.slice(from, from + PART);
    parts.push(titles.map((title) => JSON.stringify(title)).join(','));
  }
  await yieldToEventLoop();
  return `{"matched":[${parts.join(',')}],${JSON.stringify(rest).slice(1)}`;
}
