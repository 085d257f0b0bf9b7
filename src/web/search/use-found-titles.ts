/** Searches titles by name. */
import type { Card } from '../../api/client.ts';
import { api } from '../ui/api.ts';
import { type Answer, useAnswer } from '../ui/use-answer.ts';

/** @param rest milliseconds without a keystroke before a request */
export function useFoundTitles(query: string, limit: number, rest: number): Answer<Card[]> {
  const search = async (signal: AbortSignal) =>
    (await api().searchAnime(query, { limit }, { signal })).items;
  return useAnswer(query || null, search, rest);
}
