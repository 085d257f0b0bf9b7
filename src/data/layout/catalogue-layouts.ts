/** The published catalogues: their whole headers, and what each of their columns means. Sources: docs/formats.md. */
import type { Layout } from './layout.ts';

export type CatalogueLayoutId =
  | '2020'
  | '2016'
  | '2018'
  | '2021'
  | '2023'
  | '2023-filtered'
  | '2024'
  | '2025';

export type CatalogueField =
  | 'animeId'
  | 'title'
  | 'titleEnglish'
  | 'titleJapanese'
  | 'synonyms'
  | 'genres'
  | 'tags'
  | 'type'
  | 'episodes'
  | 'aired'
  | 'airedFrom'
  | 'airedTo'
  | 'premiered'
  | 'year'
  | 'studios'
  | 'source'
  | 'duration'
  | 'ratingClass'
  | 'members'
  | 'meanScore'
  | 'synopsis'
  | 'related'
  | 'malUrl';

export type CatalogueLayout = Layout<CatalogueLayoutId, CatalogueField>;

const ID = ['MAL_ID', 'anime_id', 'mal id', 'animeId'];

/** Columns that the catalogues of 2020 and 2023 share. */
const CAPITALISED = {
  title: ['Name'],
  titleEnglish: ['English name'],
  genres: ['Genres'],
  type: ['Type'],
  episodes: ['Episodes'],
  aired: ['Aired'],
  premiered: ['Premiered'],
  studios: ['Studios'],
  source: ['Source'],
  duration: ['Duration'],
  ratingClass: ['Rating'],
  members: ['Members'],
  meanScore: ['Score'],
  synopsis: ['sypnopsis', 'synopsis'],
};

/** In order of preference, where a folder has several. */
export const CATALOGUE_LAYOUTS: readonly CatalogueLayout[] = [
  {
    id: '2020',
    name: 'MyAnimeList 2020 (hernan4444)',
    header:
      'MAL_ID,Name,Score,Genres,English name,Japanese name,Type,Episodes,Aired,Premiered,Producers,Licensors,Studios,Source,Duration,Rating,Ranked,Popularity,Members,Favorites,Watching,Completed,On-Hold,Dropped,Plan to Watch,Score-10,Score-9,Score-8,Score-7,Score-6,Score-5,Score-4,Score-3,Score-2,Score-1',
    required: ['animeId', 'title'],
    fields: { ...CAPITALISED, animeId: ID, titleJapanese: ['Japanese name'] },
  },
  {
    id: '2023',
    name: 'MyAnimeList 2023 (dbdmobile)',
    header:
      'anime_id,Name,English name,Other name,Score,Genres,Synopsis,Type,Episodes,Aired,Premiered,Status,Producers,Licensors,Studios,Source,Duration,Rating,Rank,Popularity,Favorites,Scored By,Members,Image URL',
    required: ['animeId', 'title'],
    fields: { ...CAPITALISED, animeId: ID, titleJapanese: ['Other name'] },
  },
  {
    id: '2023-filtered',
    name: 'MyAnimeList 2023, filtered (dbdmobile)',
    header:
      'anime_id,Name,Score,Genres,English name,Japanese name,sypnopsis,Type,Episodes,Aired,Premiered,Producers,Licensors,Studios,Source,Duration,Rating,Ranked,Popularity,Members,Favorites,Watching,Completed,On-Hold,Dropped',
    required: ['animeId', 'title'],
    fields: { ...CAPITALISED, animeId: ID, titleJapanese: ['Japanese name'] },
  },
  {
    id: '2018',
    name: 'MyAnimeList 2018 (azathoth42)',
    header:
      'anime_id,title,title_english,title_japanese,title_synonyms,image_url,type,source,episodes,status,airing,aired_string,aired,duration,rating,score,scored_by,rank,popularity,members,favorites,background,premiered,broadcast,related,producer,licensor,studio,genre,opening_theme,ending_theme,duration_min,aired_from_year',
    required: ['animeId', 'title', 'meanScore'],
    fields: {
      animeId: ID,
      title: ['title'],
      titleEnglish: ['title_english'],
      titleJapanese: ['title_japanese'],
      synonyms: ['title_synonyms'],
      type: ['type'],
      source: ['source'],
      episodes: ['episodes'],
      aired: ['aired_string', 'aired'],
      year: ['aired_from_year'],
      duration: ['duration'],
      ratingClass: ['rating'],
      meanScore: ['score'],
      members: ['members'],
      premiered: ['premiered'],
      related: ['related'],
      studios: ['studio'],
      genres: ['genre'],
    },
  },
  {
    id: '2021',
    name: 'MyAnimeList 2021/22 (svanoo)',
    header:
      'anime_id,anime_url,title,synopsis,main_pic,type,source_type,num_episodes,status,start_date,end_date,season,studios,genres,score,score_count,score_rank,popularity_rank,members_count,favorites_count,watching_count,completed_count,on_hold_count,dropped_count,plan_to_watch_count,total_count,score_10_count,score_09_count,score_08_count,score_07_count,score_06_count,score_05_count,score_04_count,score_03_count,score_02_count,score_01_count,clubs,pics',
    required: ['animeId', 'title', 'episodes'],
    fields: {
      animeId: ID,
      title: ['title'],
      synopsis: ['synopsis'],
      type: ['type'],
      source: ['source_type'],
      episodes: ['num_episodes'],
      airedFrom: ['start_date'],
      airedTo: ['end_date'],
      premiered: ['season'],
      studios: ['studios'],
      genres: ['genres'],
      meanScore: ['score'],
      members: ['members_count'],
    },
  },
  {
    id: '2024',
    name: 'MyAnimeList 2024 (bsurya27)',
    header:
      'anime_id,name,title_english,title_japanese,type,episodes,rating,rank,popularity,members,status,source,duration,aired_from,aired_to,genre,studio,synopsis',
    required: ['animeId', 'title'],
    fields: {
      animeId: ID,
      title: ['name'],
      titleEnglish: ['title_english'],
      titleJapanese: ['title_japanese'],
      type: ['type'],
      episodes: ['episodes'],
      meanScore: ['rating'],
      members: ['members'],
      source: ['source'],
      duration: ['duration'],
      airedFrom: ['aired_from'],
      airedTo: ['aired_to'],
      genres: ['genre'],
      studios: ['studio'],
      synopsis: ['synopsis'],
    },
  },
  {
    id: '2025',
    name: 'MyAnimeList 2025 (tavuksuzdurum)',
    header:
      'animeID,title,alternative_title,type,year,score,episodes,mal_url,sequel,image_url,genres,genres_detailed',
    required: ['animeId', 'title', 'malUrl'],
    fields: {
      animeId: ['animeID'],
      title: ['title'],
      synonyms: ['alternative_title'],
      type: ['type'],
      year: ['year'],
      meanScore: ['score'],
      episodes: ['episodes'],
      malUrl: ['mal_url'],
      genres: ['genres'],
      tags: ['genres_detailed'],
    },
  },
  {
    id: '2016',
    name: 'MyAnimeList 2016 (CooperUnion)',
    header: 'anime_id,name,genre,type,episodes,rating,members',
    required: ['animeId', 'title'],
    fields: {
      animeId: ID,
      title: ['name'],
      genres: ['genre'],
      type: ['type'],
      episodes: ['episodes'],
      meanScore: ['rating'],
      members: ['members'],
    },
  },
];

/** A file of synopses beside the catalogue of 2020; the published one spells it "sypnopsis". */
export const SYNOPSIS_LAYOUT: Layout<'2020-synopses', 'animeId' | 'synopsis'> = {
  id: '2020-synopses',
  name: 'synopses of MyAnimeList 2020',
  header: 'MAL_ID,Name,Score,Genres,sypnopsis',
  required: ['animeId', 'synopsis'],
  fields: { animeId: ID, synopsis: ['sypnopsis', 'synopsis'] },
};

/** Which titles are related, beside the catalogue of 2021/22. */
export const RELATED_LAYOUT: Layout<'2021-relations', 'from' | 'to' | 'related'> = {
  id: '2021-relations',
  name: 'relations of MyAnimeList 2021/22',
  header: 'animeA,animeB,recommendation,related',
  required: ['from', 'to', 'related'],
  fields: { from: ['animeA'], to: ['animeB'], related: ['related'] },
};
