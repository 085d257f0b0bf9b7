/** osusume runs: lists and compares what was trained, shows one run, sends what a tracking server has not received. */
import { join } from 'node:path';
import { Argument } from 'commander';
import { type TrackAccess, trackAccess } from '../config/config.ts';
import type { TrackOptions } from '../config/track-options.ts';
import { UsageError } from '../error.ts';
import { alignedText } from '../metric/leaderboard.ts';
import type { Progress } from '../progress.ts';
import { flatten } from '../track/flatten.ts';
import type { OutboxOptions } from '../track/outbox.ts';
import { pushRuns } from '../track/push-runs.ts';
import { listRuns, type RunRecord, readRunRecord, runsFolder } from '../track/run-record.ts';
import { action, command, type Outcome } from './command.ts';

export const runsCommand = command('runs', 'list, compare and show what was trained')
  .addArgument(
    new Argument('[action]', 'push sends what a tracking server has not received')
      .choices(['list', 'show', 'push'])
      .default('list'),
  )
  .argument('[id]', 'the run to show, or the only one to push')
  .action(
    action(async ({ config, progress, signal }, verb, id) => {
      const { home, track } = config;
      const access = trackAccess();
      return runs({ home, action: verb as RunsAction, id, track, access, progress, signal });
    }),
  );

type RunsAction = 'list' | 'show' | 'push';

export interface RunsOptions {
  readonly home: string;
  readonly action: RunsAction;
  /** '' = all */
  readonly id: string;
  readonly track: TrackOptions;
  readonly access: TrackAccess;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  /** how `push` retries */
  readonly outbox?: OutboxOptions;
}

/** @throws NotFoundError for an unknown run */
export async function runs(options: RunsOptions): Promise<Outcome> {
  const { home, action, id } = options;
  if (action === 'list') return listed(await listRuns(home), home);
  if (action === 'push') return push(options);
  if (id === '')
    throw new UsageError('Which run? osusume runs show <id>; "osusume runs" lists them');
  const record = await readRunRecord(home, id);
  return { json: record, text: describe(record, join(runsFolder(home), id)) };
}

function listed(records: readonly RunRecord[], home: string): Outcome {
  if (records.length === 0)
    return { json: { runs: [], differences: {} }, text: `No runs in ${home} yet: osusume train` };
  const differences = differingParameters(records);
  const rows = records.map((record) => [
    record.id,
    record.status,
    Object.keys(record.models).join(' '),
    String(record.seed ?? '–'),
    record.fingerprint.slice(0, 8),
    record.seconds.toFixed(1),
    bestOf(record),
  ]);
  const head = ['run', 'status', 'models', 'seed', 'dataset', 'seconds', 'best liked NDCG@10'];
  const compared = Object.entries(differences).map(([path, values]) => [path, ...values]);
  const comparison =
    compared.length === 0
      ? ''
      : `\nWhere their parameters differ (runs in the order above):\n\n${alignedText(compared)}\n`;
  return {
    json: { runs: records, differences },
    text: `${alignedText([head, ...rows])}\n${comparison}`,
  };
}

/** Dotted path → the value of each run, for parameters that are not the same in all runs with that model; "–" = without it. */
function differingParameters(records: readonly RunRecord[]): Record<string, string[]> {
  const flat = records.map(({ parameters }) => textOf(parameters));
  const paths = [...new Set(flat.flatMap((values) => [...values.keys()]))];
  return Object.fromEntries(
    paths
      .map((path): [string, string[]] => [path, flat.map((values) => values.get(path) ?? '–')])
      .filter(([, values]) => new Set(values.filter((value) => value !== '–')).size > 1),
  );
}

function textOf(parameters: unknown): Map<string, string> {
  return new Map(flatten(parameters).map(([path, value]) => [path, String(value)]));
}

function bestOf({ evaluation }: RunRecord): string {
  const [best] = Object.entries(evaluation?.models ?? {}).sort(
    (a, b) => (b[1].ndcg10 ?? 0) - (a[1].ndcg10 ?? 0),
  );
  if (!evaluation || !best) return '–';
  return `${(best[1].ndcg10 ?? Number.NaN).toFixed(3)} ${best[0]} (${evaluation.part})`;
}

function describe(record: RunRecord, folder: string): string {
  const { id, status, startedAt, seconds, seed, origin, people, titles, interactions } = record;
  const models = Object.entries(record.models).map(([name, cost]) => [
    name,
    cost.seconds.toFixed(2),
    (cost.peakMemoryBytes / 1e6).toFixed(0),
    (cost.savedBytes / 1e6).toFixed(2),
    (record.evaluation?.models[name]?.ndcg10 ?? Number.NaN).toFixed(3).replace('NaN', '–'),
  ]);
  const head = ['model', 'seconds', 'peak memory MB', 'saved MB', 'liked NDCG@10'];
  return [
    `Run ${id}: ${status}, begun ${startedAt}, ${seconds.toFixed(1)} s`,
    `${origin}: ${people} people, ${titles} titles, ${interactions} rows; seed ${seed ?? 'of each model'}`,
    `Dataset ${record.fingerprint}, models ${record.version ?? '–'}, source ${record.commit ?? '–'}`,
    '',
    alignedText([head, ...models]),
    '',
    alignedText([...textOf(record.parameters)]),
    '',
    `The report is ${join(folder, 'report.html')}`,
  ].join('\n');
}

async function push({ id, ...options }: RunsOptions): Promise<Outcome> {
  const { to, sent } = await pushRuns({ ...options, id: id === '' ? undefined : id });
  const events = Object.values(sent).reduce((sum, count) => sum + count, 0);
  return {
    json: { to, sent },
    text: `Sent ${events} events of ${Object.keys(sent).length} runs to ${to}.`,
  };
}
