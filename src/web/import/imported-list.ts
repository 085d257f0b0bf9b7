/**
 * An imported list. Hundreds of titles do not fit into an address: the list is kept in this browser under a hash of its
 * contents, and the address carries the hash and, for other browsers, the favourites.
 */
import type { StatusName } from '../../api/client.ts';
import { STATUS_NAMES } from '../../api/constants/enums.ts';
import { isVerdict, type Pick, pickOf, type Verdict } from '../picks/picks.ts';
import {
  inBrowser,
  keysIn,
  readStored,
  readStoredJson,
  type StorageSource,
  store,
} from '../ui/storage.ts';

export interface ImportedList {
  readonly id: string;
  /** "anilist", "mal-xml" … */
  readonly source: string;
  readonly owner: string | null;
  /** best rated first */
  readonly picks: readonly Pick[];
}

/** The part of a list that an address carries. */
export interface ListName {
  readonly id: string;
  /** its favourites: all that a browser without the list knows of it */
  readonly top: readonly Pick[];
}

const KEY = 'osusume.list.';
/** How many favourites an address carries. */
const FAVOURITES = 20;
/** How many lists are kept; the oldest is removed first. */
const MOST = 3;

const inMemory = new Map<string, ImportedList>();

export function nameOf({ id, picks }: ImportedList): ListName {
  const scored = picks.filter(({ verdict }) => typeof verdict === 'number');
  const seen = picks.filter(({ verdict }) => verdict === 'seen');
  const top = [...scored, ...seen].slice(0, FAVOURITES);
  return { id, top: top.map(({ animeId, verdict }) => ({ animeId, verdict })) };
}

/** A hash of the list (FNV-1a). */
export function idOf(picks: readonly Pick[]): string {
  let hash = 0x811c9dc5;
  for (const letter of picks.map(written).join()) {
    hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

/** The list with the visitor's own verdicts replacing those in it. */
export function overlaid(list: readonly Pick[], picks: readonly Pick[]): readonly Pick[] {
  if (list.length === 0) return picks;
  const changed = new Set(picks.map(({ animeId }) => animeId));
  return [...list.filter(({ animeId }) => !changed.has(animeId)), ...picks];
}

/** Also kept in memory, for when storage is forbidden or full. */
export function keepList(list: ImportedList, storage = inBrowser): void {
  inMemory.set(list.id, list);
  const { source, owner, picks } = list;
  makeRoom(KEY + list.id, storage);
  const kept = { kept: Date.now(), source, owner, picks: picks.map(written) };
  store(KEY + list.id, JSON.stringify(kept), storage);
}

/** null when this browser does not have it. */
export function keptList(id: string, storage = inBrowser): ImportedList | null {
  const list = inMemory.get(id) ?? readList(id, readStoredJson(KEY + id, storage));
  if (list) inMemory.set(id, list);
  return list;
}

/** "457.10.completed" */
function written({ animeId, verdict, status }: Pick): string {
  return [animeId, verdict, ...(status ? [status] : [])].join('.');
}

function readList(id: string, value: unknown): ImportedList | null {
  if (typeof value !== 'object' || value === null) return null;
  const { source, owner, picks } = value as Readonly<Record<string, unknown>>;
  if (typeof source !== 'string' || !Array.isArray(picks)) return null;
  const read = picks.map((pick) => (typeof pick === 'string' ? readPick(pick) : null));
  const known = read.filter((pick) => pick !== null);
  return { id, source, owner: typeof owner === 'string' ? owner : null, picks: known };
}

function readPick(text: string): Pick | null {
  const [id, word, status = 'completed'] = text.split('.');
  const verdict: unknown = /^\d+$/.test(word) ? Number(word) : word;
  const known = STATUS_NAMES.find((name) => name === status);
  if (!/^\d{1,9}$/.test(id) || !isVerdict(verdict)) return null;
  return known ? { animeId: Number(id), verdict, status: known } : null;
}

function makeRoom(newest: string, storage: StorageSource): void {
  const others = keysIn(storage).filter((key) => key.startsWith(KEY) && key !== newest);
  const age = (key: string) => /"kept":(\d+)/.exec(readStored(key, storage) ?? '')?.[1] ?? '0';
  const byAge = others.sort((a, b) => Number(age(b)) - Number(age(a)));
  for (const key of byAge.slice(MOST - 1)) store(key, null, storage);
}

/** @param ratings of an import preview */
export function importedList(
  source: string,
  owner: string | null,
  ratings: readonly { animeId: number; rating: number | null; status: StatusName }[],
): ImportedList {
  const picks = ratings.map(({ animeId, rating, status }) => pickOf(animeId, rating, status));
  return { id: idOf(picks), source, owner, picks };
}

/** The number of scored picks, and their mean score. */
export function scoresOf(picks: readonly { readonly verdict: Verdict }[]): {
  readonly scored: number;
  readonly mean: number;
} {
  const scores = picks
    .map(({ verdict }) => verdict)
    .filter((verdict) => typeof verdict === 'number');
  const sum = scores.reduce((total, score) => total + score, 0);
  return { scored: scores.length, mean: sum / Math.max(1, scores.length) };
}
