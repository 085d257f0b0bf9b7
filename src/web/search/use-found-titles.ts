/** Searches titles by name. */
import type { Titles } from '../../api/client.ts';
import { api } from '../ui/api.ts';
import { type Answer, useAnswer } from '../ui/use-answer.ts';

/** @param rest milliseconds without a keystroke before a request */
export function useFoundTitles(query: string, limit: number, rest: number): Answer<Titles> {
  const search = (signal: AbortSignal) => api().searchAnime(query, { limit }, { signal });
  return useAnswer(query || null, search, rest);
}
