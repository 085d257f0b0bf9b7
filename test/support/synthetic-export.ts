/** A made-up MyAnimeList export in the documented format: no person's list, ids and names of a catalogue. */
export interface SyntheticEntry {
  readonly animeId: number | string;
  readonly title: string;
  readonly score?: number | string;
  readonly status?: string;
  readonly watched?: number;
}

const STATUSES = ['Completed', 'Watching', 'On-Hold', 'Dropped', 'Plan to Watch'];

/** Entries with every status, scored and not. */
export function syntheticEntries(
  titles: readonly { readonly animeId: number; readonly title: string }[],
): SyntheticEntry[] {
  return titles.map(({ animeId, title }, n) => {
    const status = n % 7 < 3 ? 'Completed' : STATUSES[n % STATUSES.length];
    const scored = status !== 'Plan to Watch' && n % 4 !== 3;
    return { animeId, title, status, score: scored ? 10 - (n % 7) : 0, watched: n % 25 };
  });
}

export function syntheticExport(entries: readonly SyntheticEntry[], owner = 'synthetic'): string {
  const anime = entries.map(
    ({ animeId, title, score = 0, status = 'Completed', watched = 12 }) => `
  <anime>
    <series_animedb_id>${animeId}</series_animedb_id>
    <series_title><![CDATA[${title}]]></series_title>
    <series_type>TV</series_type>
    <series_episodes>12</series_episodes>
    <my_id>0</my_id>
    <my_watched_episodes>${watched}</my_watched_episodes>
    <my_start_date>0000-00-00</my_start_date>
    <my_finish_date>0000-00-00</my_finish_date>
    <my_rated></my_rated>
    <my_score>${score}</my_score>
    <my_storage></my_storage>
    <my_storage_value>0.00</my_storage_value>
    <my_status>${status}</my_status>
    <my_comments><![CDATA[]]></my_comments>
    <my_times_watched>0</my_times_watched>
    <my_rewatch_value></my_rewatch_value>
    <my_priority>LOW</my_priority>
    <my_tags><![CDATA[]]></my_tags>
    <my_rewatching>0</my_rewatching>
    <my_rewatching_ep>0</my_rewatching_ep>
    <my_discuss>1</my_discuss>
    <my_sns>default</my_sns>
    <update_on_import>0</update_on_import>
  </anime>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" ?>
<!--
 Synthetic: made by a test in the format of MyAnimeList's export.
-->
<myanimelist>
  <myinfo>
    <user_id>1</user_id>
    <user_name>${owner}</user_name>
    <user_export_type>1</user_export_type>
    <user_total_anime>${entries.length}</user_total_anime>
  </myinfo>
${anime.join('\n')}
</myanimelist>
`;
}
