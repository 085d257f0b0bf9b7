/** anime_anime.csv of MyAnimeList 2021/22 → which titles are related. Its recommendations are left out: they are opinions. */
import type { Anime } from '../anime.ts';
import { requireLayout } from '../csv/recognise.ts';
import { type ReadFile, readRecords } from '../csv/records.ts';
import type { FileAccount } from '../csv/rejects.ts';
import { parseCount, parseText } from './anime-fields.ts';
import type { RelatedTitle, RelationKind } from './related.ts';

const KIND_OF: Readonly<Record<string, RelationKind>> = {
  prequel: 'prequel',
  sequel: 'sequel',
  parent_story: 'story',
  full_story: 'story',
  side_story: 'story',
  summary: 'story',
  alternative_version: 'story',
  spin_off: 'other',
  character: 'other',
  other: 'other',
  alternative_setting: 'other',
};

/** A number counts relations; a word names one. Nothing, 0 and "False" mean that the pair is only recommended. */
function kindOf(field: string): RelationKind | undefined {
  const text = (parseText(field) ?? '').toLowerCase().replace(/[\s-]+/g, '_');
  if (text === '' || text === 'false' || /^0(\.0*)?$/.test(text)) return undefined;
  return KIND_OF[text] ?? null;
}

/** Adds the pairs to `related`. */
export async function readRelationsFile(
  path: string,
  titles: ReadonlyMap<number, Anime>,
  related: Map<number, readonly RelatedTitle[]>,
  account: FileAccount,
): Promise<ReadFile> {
  const file = await readRecords(path, account, (line) =>
    requireLayout(account.file, line, 'relations'),
  );
  const at = file.recognised.position as Record<'from' | 'to' | 'related', number>;
  for (const { line, fields, content } of file.rows()) {
    const [from, to] = [parseCount(fields[at.from]), parseCount(fields[at.to])];
    if (from === null || to === null) account.reject(line, 'not a number', content);
    else if (!titles.has(from) || !titles.has(to))
      account.reject(line, 'unknown anime_id', content);
    else {
      account.kept++;
      const kind = kindOf(fields[at.related]);
      const before = related.get(from) ?? [];
      if (kind === undefined || from === to || before.some(({ animeId }) => animeId === to))
        continue;
      related.set(from, [...before, { animeId: to, kind }]);
    }
  }
  return file.about;
}
