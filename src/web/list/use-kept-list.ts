/** The list as it is asked for; while the server cannot be reached and nothing has arrived yet, the last one that did. */
import { useEffect, useState } from 'preact/hooks';
import type { Recommended } from '../app/answers.ts';
import { UnreachableError } from '../app/api.ts';
import type { Answer } from '../app/use-answer.ts';
import { keepList, keptList } from './kept-list.ts';

/** @param keeps false: a list that is only looked at */
export function useKeptList(answer: Answer<Recommended[]>, keeps: boolean): Answer<Recommended[]> {
  const [kept] = useState(keptList);
  useEffect(() => {
    if (keeps && answer.value) keepList(answer.value);
  }, [answer.value, keeps]);
  const isAlone = answer.value === null && answer.error instanceof UnreachableError;
  return isAlone && kept ? { ...answer, value: kept } : answer;
}
