/** Shows the list kept from an earlier visit while the server is unreachable and no list has arrived. */
import { useEffect, useState } from 'preact/hooks';
import { isTemporary } from '../../api/client.ts';
import type { Answer } from '../ui/use-answer.ts';
import { keepList, keptList } from './kept-list.ts';
import type { Recommended } from './recommended.ts';

/** @param keeps whether to keep the list; false for a list that is not the visitor's own */
export function useKeptList(answer: Answer<Recommended[]>, keeps: boolean): Answer<Recommended[]> {
  const [kept] = useState(keptList);
  useEffect(() => {
    if (keeps && answer.value) keepList(answer.value);
  }, [answer.value, keeps]);
  const isAlone = answer.value === null && isTemporary(answer.error);
  return isAlone && kept ? { ...answer, value: kept } : answer;
}
