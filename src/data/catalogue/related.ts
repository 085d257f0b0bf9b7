/**
 * Related titles as the catalogue of 2018 has them, a dictionary as Python writes it:
 * {'Sequel': [{'mal_id': 777, 'type': 'anime', 'url': …, 'title': …}], 'Adaptation': [{'mal_id': 9, 'type': 'manga', …}]}
 */

/** What the other title is to this one; null = not known. */
export type RelationKind = 'prequel' | 'sequel' | 'story' | 'other' | null;

export interface RelatedTitle {
  readonly animeId: number;
  readonly kind: RelationKind;
}

/** Related titles by animeId, as a source has them. */
export type RelatedTitles = Map<number, readonly RelatedTitle[]>;

/** Kinds of one story; those of one world or with shared characters ("Other", "Character") are not. */
const KINDS: Readonly<Record<string, RelationKind>> = {
  prequel: 'prequel',
  sequel: 'sequel',
  'parent story': 'story',
  'full story': 'story',
  'side story': 'story',
  summary: 'story',
  'alternative version': 'story',
};

/** A kind with its list, or one title of a list. Titles in the text cannot contain either. */
const PART =
  /['"]([A-Z][A-Za-z -]{2,30})['"]: ?\[|\{['"]mal_id['"]: ?(\d{1,9}), ?['"]type['"]: ?['"](\w{1,20})['"]/g;

export function parseRelated(field: string | undefined): RelatedTitle[] {
  const related: RelatedTitle[] = [];
  let kind: RelationKind = null;
  for (const [, name, animeId, type] of (field ?? '').matchAll(PART)) {
    if (name !== undefined) kind = KINDS[name.toLowerCase()] ?? 'other';
    else if (type === 'anime') related.push({ animeId: Number(animeId), kind });
  }
  return related;
}
