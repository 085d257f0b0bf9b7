/** The state of the visit, which is kept in the address bar and in this browser's storage. */
import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { type Settings, settingsForAddress } from '../display/settings.ts';
import { isCustomised, readAddress, writeAddress } from './address.ts';
import { keepVisit, keptVisit } from './kept-visit.ts';
import { type Change, changed, NEW_VISIT, type Visit } from './visit.ts';

/** Milliseconds before a change is written: browsers refuse more than about 100 address changes in 30 s. */
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
  /** the address of a screen for this visit, without the open title */
  readonly hrefOf: (path: string) => string;
  /** back to the visitor's own picks, from a shared link or another user's list */
  readonly goHome: () => void;
}

/** @param settings chosen settings, which the address carries too */
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
    // write() uses the latest visit: a timer started before a sheet was closed must not open it again.
    const timer = setTimeout(write, REST);
    return () => clearTimeout(timer);
  }, [visit, borrowed, shown.join()]);

  useEffect(() => {
    // Back and forward change only the open title; picks made meanwhile stay.
    const travel = () => {
      // The first history entry may be a shared sheet: closing closes that one too.
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

  /** Goes back to before the first sheet, so that the address no longer has an open title. */
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

/** A customised address takes precedence over the kept visit; it is borrowed when the two differ. */
function firstVisit(): { visit: Visit; borrowed: boolean } {
  const visit = readAddress(location.search);
  const kept = keptVisit();
  if (!isCustomised(visit))
    return { visit: { ...(kept ?? NEW_VISIT), open: visit.open }, borrowed: false };
  const same = kept && writeAddress(kept) === writeAddress({ ...visit, open: null });
  return { visit, borrowed: kept !== null && !same && visit.user === null };
}

/** How many sheets were opened since the list was last shown. */
function depth(): number {
  const value: unknown = history.state?.depth;
  return typeof value === 'number' ? value : 0;
}
