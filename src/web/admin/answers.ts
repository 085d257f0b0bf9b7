/** What the console's routes answer, read from unknown JSON. */
import { type Fields, fieldsOf, isFields, listOf, number, text } from '../app/answers.ts';

export interface BundleAbout {
  readonly origin: string;
  readonly synthetic: boolean;
  readonly people: number;
  readonly titles: number;
  readonly interactions: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly publishedAt: string | null;
}

export interface KeptBundle {
  readonly version: string;
  readonly bytes: number | null;
  readonly about: BundleAbout | null;
  readonly problem: string | null;
}

export interface RouteCount {
  readonly route: string;
  readonly requests: number;
  readonly refused: number;
  readonly failed: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly longest: number;
}

export interface Status {
  /** null = none is in use */
  readonly inUse: { readonly version: string; readonly about: BundleAbout } | null;
  /** what the pointer names */
  readonly current: string | null;
  readonly versions: readonly KeptBundle[];
  readonly startedAt: string | null;
  readonly uptime: number;
  readonly node: string;
  readonly memory: { readonly resident: number; readonly used: number; readonly total: number };
  readonly delay: { readonly p50: number; readonly p99: number; readonly longest: number };
  readonly requests: number;
  readonly routes: readonly RouteCount[];
}

export interface Interval {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Judged {
  readonly model: string;
  readonly liked: Readonly<Record<string, Interval>>;
  readonly seen: Readonly<Record<string, Interval>>;
  readonly coverage: number | null;
  readonly popularity: Interval;
  readonly dislikes: Interval;
}

export interface Board {
  readonly origin: string;
  readonly part: string;
  readonly people: number;
  readonly titles: number;
  readonly models: readonly Judged[];
}

export interface Run {
  readonly id: string;
  readonly status: string;
  readonly startedAt: string | null;
  readonly seconds: number;
  readonly seed: number | null;
  readonly fingerprint: string;
  readonly people: number;
  readonly titles: number;
  readonly interactions: number;
  readonly models: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** model → its liked metrics; empty until it is evaluated */
  readonly quality: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface RunRow extends Run {
  readonly epochs: number;
}

export interface RunDetail extends Run {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly epochs: Readonly<Record<string, readonly Readonly<Record<string, number>>[]>>;
}

export interface RecommendedMost {
  readonly lists: number;
  readonly titles: number;
  readonly items: readonly { animeId: number; title: string | null; lists: number }[];
}

export function readStatus(value: unknown): Status {
  const fields = fieldsOf(value, 'a status');
  const process = part(fields.process);
  const memory = part(process.memory);
  const delay = part(process.eventLoopDelay);
  const requests = part(fields.requests);
  const version = text(part(fields.bundle).version);
  return {
    inUse: version === null ? null : { version, about: readAbout(part(fields.bundle)) },
    current: text(fields.current),
    versions: listOf(value, 'versions').map(readKept),
    startedAt: text(process.startedAt),
    uptime: amount(process.uptime),
    node: text(process.node) ?? '',
    memory: {
      resident: amount(memory.resident),
      used: amount(memory.heapUsed),
      total: amount(memory.heapTotal),
    },
    delay: { p50: amount(delay.p50), p99: amount(delay.p99), longest: amount(delay.longest) },
    requests: amount(requests.total),
    routes: listOf(fields.requests, 'routes').map(readRoute),
  };
}

function readAbout(fields: Fields): BundleAbout {
  const origin = part(fields.origin);
  return {
    origin: text(origin.name) ?? '',
    synthetic: origin.synthetic === true,
    people: amount(fields.people),
    titles: amount(fields.titles),
    interactions: amount(fields.interactions),
    metrics: amounts(fields.metrics),
    publishedAt: text(fields.publishedAt),
  };
}

function readKept(value: unknown): KeptBundle {
  const { version, bytes, about, problem } = fieldsOf(value, 'a bundle');
  return {
    version: text(version) ?? '',
    bytes: number(bytes),
    about: isFields(about) ? readAbout(about) : null,
    problem: text(problem),
  };
}

function readRoute(value: unknown): RouteCount {
  const { method, route, ...counts } = fieldsOf(value, 'a route');
  const { requests, refused, failed, p50, p95, p99, longest } = counts;
  return {
    route: `${text(method) ?? ''} ${text(route) ?? ''}`,
    requests: amount(requests),
    refused: amount(refused),
    failed: amount(failed),
    p50: amount(p50),
    p95: amount(p95),
    p99: amount(p99),
    longest: amount(longest),
  };
}

export function readBoard(value: unknown): Board {
  const board = fieldsOf(fieldsOf(value, 'a leaderboard').board, 'a leaderboard');
  return {
    origin: text(part(board.origin).name) ?? '',
    part: text(board.part) ?? '',
    people: amount(board.people),
    titles: amount(board.titles),
    models: listOf(board, 'models').map(readJudged),
  };
}

function readJudged(value: unknown): Judged {
  const fields = fieldsOf(value, 'a judgement');
  return {
    model: text(fields.model) ?? '',
    liked: byName(fields.liked, readInterval),
    seen: byName(fields.seen, readInterval),
    coverage: number(fields.coverage10),
    popularity: readInterval(fields.popularity20),
    dislikes: readInterval(fields.dislikes20),
  };
}

/** Where nobody could be judged there is no mean. */
function readInterval(value: unknown): Interval {
  const { mean, low, high } = part(value);
  return { mean: number(mean), low: number(low), high: number(high) };
}

export function readRuns(value: unknown): RunRow[] {
  return listOf(value, 'items').map((item) => {
    const fields = fieldsOf(item, 'a run');
    return { ...readRun(fields), epochs: amount(fields.epochs) };
  });
}

export function readRunDetail(value: unknown): RunDetail {
  const fields = fieldsOf(value, 'a run');
  const epochs = byName(fields.epochs, (rows) => (Array.isArray(rows) ? rows.map(amounts) : []));
  return { ...readRun(fields), parameters: part(fields.parameters), epochs };
}

function readRun(fields: Fields): Run {
  const id = text(fields.id);
  return {
    id: id ?? '',
    status: text(fields.status) ?? '',
    startedAt: text(fields.startedAt),
    seconds: amount(fields.seconds),
    seed: number(fields.seed),
    fingerprint: text(fields.fingerprint) ?? '',
    people: amount(fields.people),
    titles: amount(fields.titles),
    interactions: amount(fields.interactions),
    models: byName(fields.models, amounts),
    quality: byName(part(fields.evaluation).models, amounts),
  };
}

export function readRecommendedMost(value: unknown): RecommendedMost {
  const fields = fieldsOf(value, 'a count');
  const items = listOf(value, 'items').map((item) => {
    const { animeId, title, lists } = fieldsOf(item, 'a title');
    return { animeId: amount(animeId), title: text(title), lists: amount(lists) };
  });
  return { lists: amount(fields.lists), titles: amount(fields.titles), items };
}

function part(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function amount(value: unknown): number {
  return number(value) ?? 0;
}

function byName<T>(value: unknown, read: (entry: unknown) => T): Record<string, T> {
  return Object.fromEntries(
    Object.entries(part(value)).map(([name, entry]) => [name, read(entry)]),
  );
}

function amounts(value: unknown): Record<string, number> {
  const known = Object.entries(part(value)).filter(([, entry]) => number(entry) !== null);
  return Object.fromEntries(known) as Record<string, number>;
}
