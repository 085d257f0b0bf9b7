/** Whether recommendations are shown as posters or with details; kept in this browser. */
import { inBrowser, readStored, store } from '../ui/storage.ts';

export const VIEWS = ['grid', 'rows'] as const;
export type View = (typeof VIEWS)[number];

const KEY = 'osusume.view';

export function keptView(storage = inBrowser): View {
  return readStored(KEY, storage) === 'rows' ? 'rows' : 'grid';
}

export function keepView(view: View, storage = inBrowser): void {
  store(KEY, view === 'grid' ? null : view, storage);
}
