/** The names that sites, exporters and people give to the columns of a list. The better name stands first. */
import type { Scale } from '../list/scale.ts';

/** Columns that hold MyAnimeList's ids. */
export const SURE_IDS: readonly string[] = [
  ...[
    'mal_id',
    'id_mal',
    'myanimelist_id',
    'my_anime_list_id',
    'mal_anime_id',
    'series_animedb_id',
  ],
  ...['animedb_id', 'mal', 'ids_mal', 'mal_series_id', 'anime_id', 'myanimelist'],
];
/** Columns whose numbers may be of any kind: of rows, of the exporter. */
export const OTHER_IDS: readonly string[] = ['id', 'media_id', 'series_id', 'number', 'nr', 'no'];

/** Names of the person's own score; in the same file, "score" is everybody's mean. */
export const SCORES: readonly string[] = [
  ...[
    'my_score',
    'my_rating',
    'your_score',
    'your_rating',
    'user_score',
    'user_rating',
    'own_score',
  ],
  ...['own_rating', 'personal_score', 'personal_rating', 'personal_note', 'score_given', 'rated'],
  ...['我的评分', '我的評分', 'моя_оценка', 'ma_note', 'mi_nota', 'minha_nota', 'meine_bewertung'],
  ...[
    'rating',
    'score',
    'rating_twenty',
    'stars',
    'star_rating',
    'ratings',
    'scores',
    'grade',
    'mark',
  ],
  ...[
    'points',
    'rate',
    'bewertung',
    'wertung',
    'punkte',
    'note',
    'notes',
    'puntuación',
    'puntuacion',
  ],
  ...[
    'calificación',
    'calificacion',
    'nota',
    'avaliação',
    'avaliacao',
    'voto',
    'valutazione',
    'оценка',
  ],
  ...[
    '评分',
    '評分',
    '評価',
    '点数',
    '評点',
    '得点',
    'スコア',
    '점수',
    '평점',
    'ocena',
    'betyg',
    'puan',
  ],
];

export const STATUSES: readonly string[] = [
  ...['my_status', 'your_status', 'watching_status', 'watch_status', 'list_status', 'user_status'],
  ...['status', 'watchlist', 'state', 'list', 'list_name', 'my_list', 'progress_status', 'statut'],
  ...[
    'estado',
    'stato',
    'статус',
    'статус_просмотра',
    'список',
    'zustand',
    'liste',
    '状态',
    '收藏状态',
  ],
  ...['类别', '類別', 'ステータス', '状態', '視聴状況', '視聴状態', '상태', 'stan', 'durum'],
  ...['watched', 'seen', 'finished', 'completed', 'done', 'viewed', 'vu', 'visto', 'gesehen'],
];

export const WATCHED: readonly string[] = [
  ...['my_watched_episodes', 'watched_episodes', 'num_watched_episodes', 'num_episodes_watched'],
  ...['episodes_watched', 'episodes_seen', 'watched_episodes_count', 'progress', 'eps_watched'],
  ...[
    'ep_watched',
    'eps_seen',
    'watched_eps',
    'last_ep_watched',
    'last_episode',
    'eps',
    'watched_ep',
  ],
];

export const YEARS: readonly string[] = [
  ...['year', 'start_year', 'release_year', 'season_year', 'aired', 'premiered', 'release_date'],
  ...[
    'released',
    'series_start',
    'start_season_year',
    'start_date_year',
    'jahr',
    'année',
    'año',
    'ano',
  ],
  ...['год', '年', '年份', '放送年', '发行日期', '公開年', '연도', 'rok'],
];

export const TYPES: readonly string[] = [
  ...['media_type', 'type', 'series_type', 'format', 'anime_type', 'show_type', 'kind', 'subtype'],
  ...[
    'target_type',
    'title_type',
    'category',
    'media',
    'typ',
    'tipo',
    'тип',
    '类别',
    '類別',
    '类型',
  ],
  ...['anime_media_type_string', '種類', '分類', 'library_type'],
];

/** All of these columns are read: a title may be known by any of its names. */
export const TITLES: readonly string[] = [
  ...['title', 'name', 'anime_title', 'anime_name', 'anime', 'series_title', 'target_title'],
  ...[
    'title_romaji',
    'romaji',
    'romaji_title',
    'canonical_title',
    'title_canonical',
    'titles_canonical',
  ],
  ...[
    'user_preferred',
    'title_user_preferred',
    'original_title',
    'main_title',
    'show',
    'show_title',
  ],
  ...['show_name', 'series', 'series_name', 'movie', 'movie_title', 'titles_en_jp', 'title_en_jp'],
  ...[
    'title_english',
    'english_title',
    'english_name',
    'english',
    'title_en',
    'titles_en',
    'titles_en_us',
  ],
  ...[
    'anime_title_eng',
    'title_japanese',
    'japanese_title',
    'japanese_name',
    'japanese',
    'title_native',
  ],
  ...[
    'native',
    'native_title',
    'title_ja',
    'titles_ja_jp',
    'alias',
    'aliases',
    'alternative_title',
  ],
  ...[
    'titel',
    'titre',
    'nom',
    'título',
    'titulo',
    'nombre',
    'nome',
    'titolo',
    'название',
    'имя',
    'аниме',
  ],
  ...[
    '名称',
    '名稱',
    '别名',
    '別名',
    '标题',
    '標題',
    '番名',
    '番剧',
    '动画',
    '動畫',
    '作品名',
    'タイトル',
  ],
  ...[
    '作品',
    '題名',
    'アニメ',
    'アニメ名',
    '제목',
    '작품',
    'tytuł',
    'tytul',
    'naam',
    'namn',
    'isim',
    'judul',
  ],
];

/** The scale of columns whose name implies it; others end in it: score_100, "Rating (1-5)". */
const SCALED: Readonly<Record<string, Scale>> = {
  rating_twenty: '1-20',
  stars: '1-5',
  star_rating: '1-5',
};

export interface ColumnName {
  readonly name: string;
  /** null = unknown from the column's name */
  readonly scale: Scale | null;
}

/** "MAL ID" and "malId" are mal_id; "Score (out of 100)" is score, on 1–100. */
export function columnName(column: string): ColumnName {
  const words = column
    .slice(0, 200)
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
  const [, name, most] = /^(.+?)(?:_out_of|_of|_[01])?_(3|5|10|20|100)$/.exec(words) ?? [];
  if (name) return { name, scale: `1-${most}` as Scale };
  return { name: words, scale: Object.hasOwn(SCALED, words) ? SCALED[words] : null };
}
