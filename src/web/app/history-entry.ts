/**
 * What the page keeps in each entry of the browser's history that it writes. An entry without it was made by the browser,
 * for an address that was typed, pasted or followed.
 */
export interface HistoryEntry {
  /** how many sheets were opened since the list was last shown */
  readonly depth: number;
  /** how many addresses were opened in this tab before this one, without a page load in between */
  readonly opened: number;
  /** when this browser began to remember, as kept-visit.ts has it */
  readonly since: string | null;
}

/** null for an entry that the page has not written. */
export function historyEntry(state: unknown = history.state): HistoryEntry | null {
  if (typeof state !== 'object' || state === null) return null;
  const { depth, opened, since } = state as Readonly<Record<string, unknown>>;
  if (typeof depth !== 'number' || typeof opened !== 'number') return null;
  return { depth, opened, since: typeof since === 'string' ? since : null };
}

/**
 * Whether an entry was written before everything was forgotten.
 * @param remembered since when this browser remembers now; null when its storage is empty, perhaps cleared by the browser
 */
export function isForgotten(entry: HistoryEntry | null, remembered: string | null): boolean {
  if (remembered === null || entry === null || entry.since === null) return false;
  return entry.since !== remembered;
}
