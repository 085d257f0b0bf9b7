/** The state of the visit, which is kept in the address bar and in this browser's storage. */
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import { type Language, type Settings, settingsForAddress } from '../display/settings.ts';
import { isCustomised, readAddress, sharedAddress, writeFragment } from './address.ts';
import { type HistoryEntry, historyEntry } from './history-entry.ts';
import { beginRemembering, keepVisit, keptVisit, rememberedSince } from './kept-visit.ts';
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
  /** a link to this list for others */
  readonly linkToShare: (language: Language) => string;
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
  const addressOf = (visit: Visit) => location.pathname + writeFragment(visit, shown);
  const addressNow = useRef(addressOf);
  addressNow.current = addressOf;
  const closing = useRef(false);
  const entry = useRef(first.entry);

  // At once: every entry is to be known as one of the page's own.
  useLayoutEffect(replace, []);

  useEffect(() => {
    if (!borrowed) keepVisit(visit);
    // write() uses the latest visit: a timer started before a sheet was closed must not open it again.
    const timer = setTimeout(write, REST);
    return () => clearTimeout(timer);
  }, [visit, borrowed, shown.join()]);

  useEffect(() => {
    // Back and forward change only the open title; picks made meanwhile stay.
    const travel = () => {
      if (!isAt(entry.current)) return leave(entry.current);
      // The first history entry may be a shared sheet: closing closes that one too.
      show(closing.current ? null : readAddress(location.hash).open);
      closing.current = false;
      write();
    };
    // A page that the browser had set aside may have been forgotten meanwhile.
    const wake = ({ persisted }: PageTransitionEvent) => {
      if (persisted && rememberedSince() !== entry.current.since) location.reload();
    };
    addEventListener('popstate', travel);
    addEventListener('pageshow', wake);
    return () => {
      removeEventListener('popstate', travel);
      removeEventListener('pageshow', wake);
    };
  }, []);

  /** Not into another visit's entry, while the page is being loaded for that. */
  function write(): void {
    if (isAt(entry.current)) replace();
  }

  function replace(): void {
    const state = { ...entry.current, depth: depth() };
    history.replaceState(state, '', addressNow.current(latest.current));
  }

  function show(animeId: number | null): void {
    latest.current = { ...latest.current, open: animeId };
    change({ do: 'open', animeId });
  }

  function openTitle(animeId: number): void {
    if (latest.current.open === animeId) return;
    write();
    show(animeId);
    const next = { ...entry.current, depth: depth() + 1 };
    history.pushState(next, '', addressNow.current(latest.current));
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
    hrefOf: (path) => path + writeFragment({ ...visit, open: null }, shown),
    linkToShare: (language) => location.origin + sharedAddress(visit, language),
    goHome,
  };
}

interface FirstVisit {
  readonly visit: Visit;
  readonly borrowed: boolean;
  readonly entry: HistoryEntry;
}

/** A customised address takes precedence over the kept visit; it is borrowed when the two differ. */
function firstVisit(): FirstVisit {
  const before = historyEntry();
  const visit = readAddress(location.hash);
  const entry = {
    depth: before?.depth ?? 0,
    opened: before?.opened ?? 0,
    since: beginRemembering(),
  };
  const kept = keptVisit();
  if (!isCustomised(visit))
    return { visit: { ...(kept ?? NEW_VISIT), open: visit.open }, borrowed: false, entry };
  const same = kept && writeFragment(kept) === writeFragment({ ...visit, open: null });
  return { visit, borrowed: kept !== null && !same && visit.user === null, entry };
}

/** Whether the history is at an entry of this visit. */
function isAt({ opened, since }: HistoryEntry): boolean {
  const now = historyEntry();
  return now?.opened === opened && now.since === since;
}

/**
 * Loads the page for another visit, as when a link is followed. Browsers do not do so themselves when only the fragment
 * changes.
 */
function leave({ opened, since }: HistoryEntry): void {
  if (!historyEntry()) history.replaceState({ depth: 0, opened: opened + 1, since }, '');
  location.reload();
}

/** How many sheets were opened since the list was last shown. */
function depth(): number {
  return historyEntry()?.depth ?? 0;
}
