/** The list as it is asked for; while the server cannot be reached and nothing has arrived yet, the last one that did. */
import { useEffect, useState } from 'preact/hooks';
import { isTemporary } from '../../api/client.ts';
import type { Answer } from '../ui/use-answer.ts';
import { keepList, keptList } from './kept-list.ts';
import type { Recommended } from './recommended.ts';

/** @param keeps false: a list that is only looked at */
export function useKeptList(answer: Answer<Recommended[]>, keeps: boolean): Answer<Recommended[]> {
  const [kept] = useState(keptList);
  useEffect(() => {
    if (keeps && answer.value) keepList(answer.value);
  }, [answer.value, keeps]);
  const isAlone = answer.value === null && isTemporary(answer.error);
  return isAlone && kept ? { ...answer, value: kept } : answer;
}
