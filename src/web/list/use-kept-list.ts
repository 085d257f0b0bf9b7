/** Shows the list kept from an earlier visit while the server is unreachable and no list has arrived. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { isTemporary } from '../../api/client.ts';
import { asShelves, forYou, type ShelfView } from '../shelves/shelf-view.ts';
import type { Answer } from '../ui/use-answer.ts';
import { keepList, keptList } from './kept-list.ts';

/** @param keeps whether to keep the list; false for a list that is not the visitor's own */
export function useKeptList(
  answer: Answer<readonly ShelfView[]>,
  keeps: boolean,
): Answer<readonly ShelfView[]> {
  const [kept] = useState(keptList);
  useEffect(() => {
    if (keeps && answer.value) keepList(forYou(answer.value));
  }, [answer.value, keeps]);
  const isAlone = answer.value === null && isTemporary(answer.error);
  const shown = useMemo(() => kept && asShelves(kept), [kept]);
  return isAlone && shown ? { ...answer, value: shown } : answer;
}
