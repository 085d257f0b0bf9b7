/**
 * Writes planned titles as MyAnimeList's import page (https://myanimelist.net/import.php) reads a list: the elements of
 * its own export, in its order. `update_on_import` 1 lets it change an entry that the list has already.
 */
import type { ExportedTitle } from './exported-title.ts';

/** `user_export_type` of a list of anime; 2 is manga. */
const ANIME = 1;

export function watchlistXml(titles: readonly ExportedTitle[]): string {
  return `<?xml version="1.0" encoding="UTF-8" ?>
<myanimelist>
  <myinfo>
    <user_id></user_id>
    <user_name></user_name>
    <user_export_type>${ANIME}</user_export_type>
    <user_total_anime>${titles.length}</user_total_anime>
    <user_total_watching>0</user_total_watching>
    <user_total_completed>0</user_total_completed>
    <user_total_onhold>0</user_total_onhold>
    <user_total_dropped>0</user_total_dropped>
    <user_total_plantowatch>${titles.length}</user_total_plantowatch>
  </myinfo>
${titles.map(entryOf).join('')}</myanimelist>
`;
}

function entryOf({ animeId, title, type, episodes, note }: ExportedTitle): string {
  return `  <anime>
    <series_animedb_id>${animeId}</series_animedb_id>
    <series_title>${cdata(title)}</series_title>
    <series_type>${escaped(type ?? 'Unknown')}</series_type>
    <series_episodes>${episodes ?? 0}</series_episodes>
    <my_id>0</my_id>
    <my_watched_episodes>0</my_watched_episodes>
    <my_start_date>0000-00-00</my_start_date>
    <my_finish_date>0000-00-00</my_finish_date>
    <my_rated></my_rated>
    <my_score>0</my_score>
    <my_storage></my_storage>
    <my_storage_value>0.00</my_storage_value>
    <my_status>Plan to Watch</my_status>
    <my_comments>${cdata(note)}</my_comments>
    <my_times_watched>0</my_times_watched>
    <my_rewatch_value></my_rewatch_value>
    <my_priority>LOW</my_priority>
    <my_tags>${cdata('')}</my_tags>
    <my_rewatching>0</my_rewatching>
    <my_rewatching_ep>0</my_rewatching_ep>
    <my_discuss>1</my_discuss>
    <my_sns>default</my_sns>
    <update_on_import>1</update_on_import>
  </anime>
`;
}

/** ]]> would end the section: it is split over two. */
function cdata(text: string): string {
  return `<![CDATA[${allowed(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function escaped(text: string): string {
  return allowed(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** What XML 1.0 forbids: most control characters, halves of a surrogate pair, U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\P{Cc}]|[\p{Cs}\ufffe\uffff]/gu;

function allowed(text: string): string {
  return text.replace(FORBIDDEN, '');
}
