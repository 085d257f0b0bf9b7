/** The relations that a source of ratings brought along, as `ingest` keeps them in related.json, and how they join others. */
import { ArtefactError } from '../../error.ts';
import { readJson } from '../../home/artefact.ts';
import type { Relation, Relations } from './relations.ts';

interface Stored {
  readonly animeId: number;
  readonly others: readonly { readonly animeId: number; readonly kind: string | null }[];
}

/** Relations of another kind ("other": shared characters, one world) join no story and are left out. */
export async function readSourceRelations(path: string): Promise<Relations> {
  const value = await readJson(path);
  if (!Array.isArray(value) || !value.every(isStored))
    throw new ArtefactError(`${path} is damaged: run "osusume ingest" again`);
  const relations = new Map<
    number,
    { related: number[]; before: number[]; synonyms: string[]; tags: string[] }
  >();
  const of = (animeId: number) => {
    const found = relations.get(animeId) ?? { related: [], before: [], synonyms: [], tags: [] };
    relations.set(animeId, found);
    return found;
  };
  for (const { animeId, others } of value)
    for (const { animeId: other, kind } of others) {
      if (kind === 'other') continue;
      of(animeId).related.push(other);
      if (kind === 'prequel') of(animeId).before.push(other);
      if (kind === 'sequel') of(other).before.push(animeId);
    }
  return relations;
}

function isStored(value: unknown): value is Stored {
  const { animeId, others } = Object(value) as Partial<Stored>;
  return (
    Number.isInteger(animeId) &&
    Array.isArray(others) &&
    others.every((other) => Number.isInteger(Object(other).animeId))
  );
}

/** What either says. */
export function joinedRelations(a: Relations | null, b: Relations | null): Relations | null {
  if (!a || !b) return a ?? b;
  const joined = new Map<number, Relation>(a);
  for (const [animeId, { synonyms, related, tags, before = [] }] of b) {
    const known = joined.get(animeId);
    joined.set(animeId, {
      synonyms: [...(known?.synonyms ?? []), ...synonyms],
      tags: [...new Set([...(known?.tags ?? []), ...tags])],
      related: [...new Set([...(known?.related ?? []), ...related])],
      before: [...new Set([...(known?.before ?? []), ...before])],
    });
  }
  return joined;
}
