/** The names of a title's status at the sites that lists come from, and in the languages that people write. */
import { STATUS, type StatusName } from '../../data/interactions.ts';

const WORDS: Readonly<Record<StatusName, readonly string[]>> = {
  watching: [
    ...[
      'current',
      'currently_watching',
      'watching_now',
      'in_progress',
      'in_progess',
      'ongoing',
      'started',
    ],
    ...['am_schauen', 'wird_geschaut', 'schaue_ich', 'schaue', 'laufend', 'en_cours', 'je_regarde'],
    ...[
      'viendo',
      'en_curso',
      'assistindo',
      'em_andamento',
      'in_corso',
      'guardando',
      'sto_guardando',
    ],
    ...[
      'смотрю',
      'в_процессе',
      'oglądam',
      'w_trakcie',
      'kijken',
      'tittar',
      'izliyorum',
      'sedang_ditonton',
    ],
    ...['在看', '正在看', '見てる', '見ている', '視聴中', '보는중', '보는_중', '시청중'],
  ],
  completed: [
    ...[
      'complete',
      'finished',
      'watched',
      'seen',
      'done',
      'rewatching',
      'repeating',
      'rewatched',
      'rewatch',
    ],
    ...['enjoyed', 'recommended', 'loved', 'liked', 'disliked', 'hated', 'collected', 'viewed'],
    ...[
      'geschaut',
      'gesehen',
      'abgeschlossen',
      'fertig',
      'beendet',
      'terminé',
      'termine',
      'vu',
      'fini',
    ],
    ...[
      'completado',
      'completada',
      'visto',
      'vista',
      'terminado',
      'completo',
      'assistido',
      'concluído',
    ],
    ...[
      'completato',
      'finito',
      'просмотрено',
      'просмотренно',
      'завершено',
      'пересматриваю',
      'обзор',
    ],
    ...['obejrzane', 'ukończone', 'zakończone', 'afgekeken', 'sedd', 'izledim', 'selesai'],
    ...[
      '看过',
      '看過',
      '已看',
      '見た',
      '観た',
      '視聴済み',
      '視聴済',
      '視聴完了',
      '完了',
      '완료',
      '봤어요',
      '본_작품',
    ],
  ],
  on_hold: [
    ...['onhold', 'hold', 'paused', 'pause', 'stalled', 'on_pause', 'waiting'],
    ...[
      'pausiert',
      'unterbrochen',
      'en_pause',
      'en_espera',
      'pausado',
      'en_pausa',
      'em_pausa',
      'em_espera',
    ],
    ...['in_pausa', 'in_attesa', 'отложено', 'wstrzymane', 'beklemede', 'ditunda'],
    ...['搁置', '擱置', '一時中断', '中断', '보류'],
  ],
  dropped: [
    ...[
      'drop',
      'abandoned',
      'gave_up',
      "won't_watch",
      'wont_watch',
      'not_interesting',
      'notinteresting',
    ],
    ...[
      'not_interested',
      'ignored',
      'abgebrochen',
      'abandonné',
      'abandonne',
      'abandonado',
      'abandonada',
    ],
    ...[
      'desistido',
      'desisti',
      'dropado',
      'abbandonato',
      'брошено',
      'porzucone',
      'gestopt',
      'bıraktım',
    ],
    ...['抛弃', '拋棄', '视聴中止', '視聴中止', '断念', '중단', '하차'],
  ],
  plan_to_watch: [
    ...[
      'plantowatch',
      'planned',
      'planning',
      'plan',
      'want_to_watch',
      'ptw',
      'to_watch',
      'towatch',
      'backlog',
    ],
    ...[
      'not_started',
      'watchlist',
      'wishlist',
      'wish_list',
      'wish',
      'todo',
      'to_do',
      'considering',
      'later',
    ],
    ...[
      'unwatched',
      'will_watch',
      'interested',
      'geplant',
      'noch_schauen',
      'will_ich_sehen',
      'merkliste',
    ],
    ...['à_voir', 'a_voir', 'prévu', 'planifié', 'pendiente', 'por_ver', 'planeado', 'planejado'],
    ...[
      'quero_assistir',
      'planejo_assistir',
      'da_vedere',
      'da_guardare',
      'pianificato',
      'запланировано',
    ],
    ...['в_планах', 'буду_смотреть', 'planowane', 'do_obejrzenia', 'izleyeceğim', 'akan_ditonton'],
    ...['想看', '見たい', '観たい', '視聴予定', '気になる', '볼_예정', '보고싶어요'],
  ],
};

const NAMES = new Map<string, StatusName>([
  ...Object.entries(STATUS).map(([name, code]) => [String(code), name as StatusName] as const),
  ...Object.keys(STATUS).map((name) => [name, name as StatusName] as const),
  ...Object.entries(WORDS).flatMap(([name, words]) =>
    words.map((word) => [word, name as StatusName] as const),
  ),
]);

/** What sites say of a title that is being broadcast: not a status on a list. */
const BROADCAST = new Set([
  ...[
    'finished_airing',
    'currently_airing',
    'not_yet_aired',
    'airing',
    'aired',
    'ended',
    'released',
  ],
  ...[
    'releasing',
    'not_yet_released',
    'cancelled',
    'hiatus',
    'upcoming',
    'tba',
    'returning_series',
  ],
]);

const MANGA = new Set([
  'reading',
  'plan_to_read',
  'read',
  'rereading',
  'plantoread',
  'want_to_read',
]);

function wordOf(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[’`´]/g, "'")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .replace(/(\p{L})[\s-]+/gu, '$1_');
}

/** A name in any spelling ("Plan to Watch"), or MyAnimeList's code; null for any other text. */
export function statusFrom(text: string): StatusName | null {
  return NAMES.get(wordOf(text)) ?? null;
}

export function isBroadcast(text: string): boolean {
  return BROADCAST.has(wordOf(text));
}

/** "Plan to Read": a row of manga. */
export function isReading(text: string): boolean {
  return text !== '' && MANGA.has(wordOf(text));
}

/** For an unknown status: a title that was scored or started counts as seen. */
export function likelyStatus(scored: boolean, started: boolean): StatusName {
  return scored || started ? 'completed' : 'plan_to_watch';
}
