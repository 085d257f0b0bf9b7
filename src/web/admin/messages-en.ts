/** The operators' console in English. */
import type { Signature } from '../../api/admin-client.ts';
import { numbers, plurals } from '../i18n/format.ts';

const { number } = numbers('en', '\u00a0');
const { plural } = plurals('en');

export const adminEn = {
  /** for the format of bytes, counts and times */
  locale: 'en-GB',
  title: 'Osusume: the operators’ console',
  sign: 'Console',
  key: {
    heading: 'The operators’ console',
    lead: 'It opens with the key that the server was started with (OSUSUME_ADMIN_KEY). The page does not keep the key: you stay signed in for eight hours, or until you sign out.',
    label: 'Key',
    open: 'Open',
    wrong: 'That is not the key of this server. Check it and try again.',
    later: 'There were too many wrong keys from your address. Wait a few seconds and try again.',
    leave: 'Sign out',
  },
  sections: {
    label: 'On this page',
    bundle: 'Bundle in use',
    leaderboard: 'Leaderboard',
    runs: 'Runs',
    recommended: 'Recommended most',
    health: 'Health',
  },
  loading: 'Opening.',
  stays: 'This is the last answer that arrived.',
  bundle: {
    none: 'No bundle is in use yet. The server uses the first one that is published.',
    facts: (origin: string, people: number, titles: number, interactions: number) =>
      `${origin}: ${number(people)} people, ${number(titles)} titles, ${number(interactions)} list entries.`,
    synthetic: 'Synthetic people, real titles.',
    published: (when: string) => `Published ${when}.`,
    evaluated: (people: number) =>
      `Evaluated on ${plural(people, { one: 'one person', other: `${number(people)} people` })} it was not trained on.`,
    metrics: {
      likedNdcg10: 'liked NDCG@10',
      likedRecall20: 'liked Recall@20',
      likedNdcg100: 'liked NDCG@100',
    } as Readonly<Record<string, string>>,
    signature: ({ status, key }: Signature) =>
      status === 'verified'
        ? `Signed by the key ${key?.slice(0, 16)}.`
        : status === 'unchecked'
          ? 'Signed; this server was given no key to verify it with.'
          : 'Not signed.',
    signed: { unsigned: '–', unchecked: 'not checked', verified: '' },
    kept: 'Kept versions',
    columns: {
      version: 'Version',
      published: 'Published',
      quality: 'liked NDCG@10',
      people: 'People',
      titles: 'Titles',
      size: 'Size',
      signed: 'Signed by',
      use: 'Use',
    },
    inUse: 'In use',
    opening: 'Being opened',
    use: 'Use',
    useLabel: (version: string) => `Use bundle ${version}`,
    question: (version: string) => `Serve everyone from bundle ${version}?`,
    consequence: (current: string) =>
      `It is checked first. Requests that run finish on ${current}, and you can come back to it here.`,
    yes: 'Use it',
    no: 'Keep the current one',
    checking: (version: string) => `Checking bundle ${version}. The current one stays in use.`,
    taking: (version: string) => `Bundle ${version} is sound; the server is opening it.`,
    done: (version: string) => `Bundle ${version} is in use.`,
    damaged: 'Damaged',
  },
  leaderboard: {
    none: 'No model has been evaluated yet. “osusume evaluate” makes a leaderboard.',
    facts: (origin: string, part: string, people: number, titles: number) =>
      `${origin}: ${number(people)} held-out people (${part}), full ranking over ${number(titles)} titles. Bars are 95 % intervals.`,
    model: 'Model',
    liked: 'liked',
    seen: 'seen',
    coverage: 'Titles in top tens',
    popularity: 'Popularity',
    dislikesPerHit: 'Dislikes per hit',
    tasks: { newStories: 'new stories', discovery: 'discovery', fewKnown5: 'five known' },
    within: (low: string, high: string) => `${low} to ${high}`,
  },
  runs: {
    none: 'Nothing has been trained in this home yet. “osusume train” keeps a run here.',
    columns: {
      id: 'Run',
      status: 'Status',
      models: 'Models',
      seed: 'Seed',
      dataset: 'Dataset',
      seconds: 'Seconds',
      best: 'Best liked NDCG@10',
      epochs: 'Epochs',
    },
    status: {
      running: 'running',
      finished: 'finished',
      failed: 'failed',
      interrupted: 'interrupted',
    } as Readonly<Record<string, string>>,
    show: (id: string) => `Show run ${id}`,
    close: 'Close',
    begun: (when: string) => `Begun ${when}.`,
    facts: (people: number, titles: number, interactions: number) =>
      `${number(people)} people, ${number(titles)} titles, ${number(interactions)} rows.`,
    noCurves: 'None of its models learns in epochs, so there are no curves.',
    curve: (model: string, measure: string) => `${model}: ${measure} by epoch`,
    epoch: 'epoch',
    cost: {
      model: 'Model',
      seconds: 'Seconds',
      memory: 'Peak memory',
      saved: 'Saved',
      quality: 'liked NDCG@10',
    },
    parameters: 'Parameters',
  },
  recommended: {
    none: 'Nothing has been recommended since the server started.',
    facts: (lists: number, titles: number) =>
      `${plural(lists, { one: 'One list', other: `${number(lists)} lists` })} since the server started, ${number(titles)} different titles in them.`,
    title: 'Title',
    lists: 'Lists',
    share: 'Share of lists',
    gone: (animeId: number) => `Title ${animeId}, not in the bundle in use`,
  },
  health: {
    up: 'Up for',
    since: (when: string) => `since ${when}`,
    memory: 'Memory',
    heap: (used: string, total: string) => `heap ${used} of ${total}`,
    delay: 'Event loop delay',
    delayMore: (p99: string, longest: string) => `99 %: ${p99}, longest: ${longest}`,
    requests: 'Requests',
    runtime: (node: string) => `Node ${node}`,
    none: 'The server has had no requests yet.',
    times: 'Milliseconds until a response was sent.',
    columns: {
      route: 'Route',
      requests: 'Requests',
      refused: '4xx',
      failed: '5xx',
      p50: 'Median',
      p95: '95 %',
      p99: '99 %',
      longest: 'Longest',
    },
  },
};

export type AdminMessages = typeof adminEn;
