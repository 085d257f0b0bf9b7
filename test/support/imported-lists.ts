/** Lists as they are after reading, for tests of what comes then. */
import {
  type ImportedList,
  type ListRow,
  NOTHING_LEFT_OUT,
} from '../../src/import/list/imported-list.ts';
import type { PlacedList } from '../../src/import/place/placed-list.ts';

export function listRow(part: Partial<ListRow> = {}): ListRow {
  return {
    animeId: null,
    isSure: true,
    names: [],
    status: 'completed',
    watched: null,
    year: null,
    type: null,
    ...part,
  };
}

export function importedList(part: Partial<ImportedList> = {}): ImportedList {
  return {
    source: 'csv',
    format: null,
    owner: null,
    scale: '1-10',
    rows: [],
    unread: [],
    unreadCount: 0,
    leftOut: NOTHING_LEFT_OUT,
    notes: [],
    ...part,
  };
}

export function placedList(
  { rows: _, ...facts }: ImportedList,
  part: Partial<PlacedList> = {},
): PlacedList {
  return { ...facts, entries: [], unknown: [], lastYear: 2021, ...part };
}
