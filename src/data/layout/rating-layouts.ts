/** The published files of ratings: their whole headers, and what each of their columns means. Sources: docs/formats.md. */
import type { Layout } from './layout.ts';

export type RatingLayoutId =
  | 'animelist'
  | 'ratings'
  | '2018'
  | '2021'
  | '2023-scores'
  | '2023-lists'
  | '2024'
  | '2025';

export type RatingField = 'person' | 'animeId' | 'rating' | 'status' | 'episodes' | 'time';

export interface RatingLayout extends Layout<RatingLayoutId, RatingField> {
  /** whether people are named; otherwise they have numbers */
  readonly named: boolean;
  /** whether scores have tenths; otherwise they are whole numbers */
  readonly tenths: boolean;
  /** how times are written */
  readonly times: 'unix' | 'iso' | null;
}

const ID = ['anime_id', 'MAL_ID'];
const NUMBERED = { named: false, tenths: false, times: null };
const NAMED = { named: true, tenths: false };

/** In order of preference, where a folder has several. */
export const RATING_LAYOUTS: readonly RatingLayout[] = [
  {
    id: 'animelist',
    name: 'lists of MyAnimeList 2020',
    header: 'user_id,anime_id,rating,watching_status,watched_episodes',
    required: ['person', 'animeId', 'rating', 'status'],
    fields: {
      person: ['user_id'],
      animeId: ID,
      rating: ['rating'],
      status: ['watching_status'],
      episodes: ['watched_episodes'],
    },
    ...NUMBERED,
  },
  {
    id: '2018',
    name: 'lists of MyAnimeList 2018',
    header:
      'username,anime_id,my_watched_episodes,my_start_date,my_finish_date,my_score,my_status,my_rewatching,my_rewatching_ep,my_last_updated,my_tags',
    required: ['person', 'animeId', 'rating', 'status'],
    fields: {
      person: ['username'],
      animeId: ID,
      episodes: ['my_watched_episodes'],
      rating: ['my_score'],
      status: ['my_status'],
      time: ['my_last_updated'],
    },
    ...NAMED,
    times: 'unix',
  },
  {
    id: '2021',
    name: 'lists of MyAnimeList 2021/22',
    header:
      'user_id,anime_id,favorite,review_id,review_date,review_num_useful,review_score,review_story_score,review_animation_score,review_sound_score,review_character_score,review_enjoyment_score,score,status,progress,last_interaction_date',
    required: ['person', 'animeId', 'rating', 'status'],
    fields: {
      person: ['user_id'],
      animeId: ID,
      rating: ['score'],
      status: ['status'],
      episodes: ['progress'],
      time: ['last_interaction_date'],
    },
    ...NAMED,
    times: 'iso',
  },
  {
    id: '2024',
    name: 'lists of MyAnimeList 2024',
    header: 'user_id,anime_id,score,status,episodes_seen',
    required: ['person', 'animeId', 'rating', 'status'],
    fields: {
      person: ['user_id'],
      animeId: ID,
      rating: ['score'],
      status: ['status'],
      episodes: ['episodes_seen'],
    },
    ...NAMED,
    times: null,
  },
  {
    id: '2023-scores',
    name: 'scores of MyAnimeList 2023',
    header: 'user_id,Username,anime_id,Anime Title,rating',
    required: ['person', 'animeId', 'rating'],
    fields: { person: ['user_id'], animeId: ID, rating: ['rating'] },
    ...NUMBERED,
  },
  {
    id: 'ratings',
    name: 'scores of MyAnimeList (2016, 2020, 2023)',
    header: 'user_id,anime_id,rating',
    required: ['person', 'animeId', 'rating'],
    fields: { person: ['user_id'], animeId: ID, rating: ['rating'] },
    ...NUMBERED,
  },
  {
    id: '2025',
    name: 'scores of MyAnimeList 2025',
    header: 'userID,animeID,rating',
    required: ['person', 'animeId', 'rating'],
    fields: { person: ['userID'], animeId: ['animeID'], rating: ['rating'] },
    ...NUMBERED,
    tenths: true,
  },
  {
    id: '2023-lists',
    name: 'lists with titles of MyAnimeList 2023',
    header:
      'username,anime_id,my_score,user_id,gender,title,type,source,score,scored_by,rank,popularity,genre',
    required: ['person', 'animeId', 'rating'],
    fields: { person: ['user_id'], animeId: ID, rating: ['my_score'] },
    ...NUMBERED,
  },
];
