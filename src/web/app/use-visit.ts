/** The visit in the address bar and in this browser, and the ways to change it. */
import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { type Settings, settingsForAddress } from '../display/settings.ts';
import { readAddress, saysSomething, writeAddress } from './address.ts';
import { keepVisit, keptVisit } from './kept-visit.ts';
import { type Change, changed, NEW_VISIT, type Visit } from './visit.ts';

/** Browsers refuse more than about 100 address changes in 30 s: a dragged slider writes once it rests. */
const REST = 120;

export interface VisitControls {
  readonly visit: Visit;
  /** the picks came with a shared link; the visitor's own stay in storage */
  readonly borrowed: boolean;
  readonly change: (change: Change) => void;
  readonly openTitle: (animeId: number) => void;
  readonly closeTitle: () => void;
  /** replaces the visitor's own picks with the borrowed ones */
  readonly adopt: () => void;
  /** the address of a screen for this visit, no sheet open */
  readonly hrefOf: (path: string) => string;
  /** back to the visitor's own picks, from a shared link or another user's list */
  readonly goHome: () => void;
}

/** @param settings those that an address carries are written into it */
export function useVisit(settings: Settings): VisitControls {
  const [first] = useState(firstVisit);
  const [visit, change] = useReducer<Visit, Change>(changed, first.visit);
  const [borrowed, setBorrowed] = useState(first.borrowed);
  const latest = useRef(visit);
  latest.current = visit;
  const shown = settingsForAddress(settings);
  const addressOf = (visit: Visit) => location.pathname + writeAddress(visit, shown);
  const addressNow = useRef(addressOf);
  addressNow.current = addressOf;
  const closing = useRef(false);

  useEffect(() => {
    if (!borrowed) keepVisit(visit);
    // What is so by then: a rest begun before a sheet was closed must not open it again.
    const timer = setTimeout(write, REST);
    return () => clearTimeout(timer);
  }, [visit, borrowed, shown.join()]);

  useEffect(() => {
    // Only the open title travels back and forth: picks made since then stay.
    const travel = () => {
      // Where the way began may be a shared sheet: closing leaves that one too.
      show(closing.current ? null : readAddress(location.search).open);
      closing.current = false;
      write();
    };
    addEventListener('popstate', travel);
    return () => removeEventListener('popstate', travel);
  }, []);

  function write(): void {
    history.replaceState(history.state, '', addressNow.current(latest.current));
  }

  function show(animeId: number | null): void {
    latest.current = { ...latest.current, open: animeId };
    change({ do: 'open', animeId });
  }

  function openTitle(animeId: number): void {
    if (latest.current.open === animeId) return;
    write();
    show(animeId);
    history.pushState({ depth: depth() + 1 }, '', addressNow.current(latest.current));
  }

  /** A link copied right after it does not open the sheet again. */
  function closeTitle(): void {
    closing.current = depth() > 0;
    if (closing.current) {
      history.go(-depth());
      return;
    }
    show(null);
    write();
  }

  function goHome(): void {
    setBorrowed(false);
    change({ do: 'restore', visit: keptVisit() ?? NEW_VISIT });
  }

  return {
    visit,
    borrowed,
    change,
    openTitle,
    closeTitle,
    adopt: () => setBorrowed(false),
    hrefOf: (path) => path + writeAddress({ ...visit, open: null }, shown),
    goHome,
  };
}

/** An address that says something takes precedence over what was kept; it is borrowed when the two differ. */
function firstVisit(): { visit: Visit; borrowed: boolean } {
  const visit = readAddress(location.search);
  const kept = keptVisit();
  if (!saysSomething(visit))
    return { visit: { ...(kept ?? NEW_VISIT), open: visit.open }, borrowed: false };
  const same = kept && writeAddress(kept) === writeAddress({ ...visit, open: null });
  return { visit, borrowed: kept !== null && !same && visit.user === null };
}

/** How many sheets deep the history is since the list was last seen. */
function depth(): number {
  const value: unknown = history.state?.depth;
  return typeof value === 'number' ? value : 0;
}
