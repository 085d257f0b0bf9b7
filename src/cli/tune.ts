/** osusume tune: searches for better options of slim, the first stage of the published model. */
import { access, constants, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config/config.ts';
import { isObject } from '../config/parse-options.ts';
import { UsageError } from '../error.ts';
import { readJson } from '../home/artefact.ts';
import { packageFile } from '../program/built-file.ts';
import type { Progress } from '../progress.ts';
import type { Grid, TuneResult } from '../tune.ts';
import { action, type CommonFlags, command } from './command.ts';
import { wholeNumber } from './options.ts';

interface TuneFlags extends CommonFlags {
  readonly search?: string;
  readonly items: string;
  readonly rounds: string;
  readonly out?: string;
}

export const tuneCommand = command('tune', 'search for better options, on validation people')
  .option('--search <file>', 'the values to try, by option (default: configs/search.json)')
  .option('--items <n>', 'search on the n most listed titles only; 0 = all', '6000')
  .option('--rounds <n>', 'how many rounds at most', '2')
  .option('--out <file>', 'write the winner as a configuration')
  .action(
    action<TuneFlags>(async ({ flags, config, progress, signal }) => {
      const { search, out } = flags;
      const limits = { items: wholeNumber(flags, 'items'), rounds: wholeNumber(flags, 'rounds') };
      const result = await tuneFromFiles({
        config,
        flags: { search, out, ...limits },
        progress,
        signal,
      });
      const { ndcg10, recall20, ndcg100 } = result.evaluation.liked;
      const text = `Winner: ${JSON.stringify(result.slim, null, 2)}\nvalidation: liked NDCG@10 ${ndcg10.mean.toFixed(4)}, Recall@20 ${recall20.mean.toFixed(4)}, NDCG@100 ${ndcg100.mean.toFixed(4)}`;
      return { json: result, text };
    }),
  );

/** Reads the grid from a file and writes the winner into one. */
export async function tuneFromFiles({
  config,
  flags,
  progress,
  signal,
}: {
  config: Config;
  flags: { search?: string; items?: number; rounds?: number; out?: string };
  progress: Progress;
  signal: AbortSignal;
}): Promise<TuneResult> {
  const { tune } = await import('../tune.ts');
  const path = flags.search ?? fileURLToPath(packageFile('configs/search.json'));
  const grid = checkGrid(path, await readSearch(path));
  if (flags.out) await requireFolder(flags.out);
  const { home, threads, train, prepare } = config;
  const { items, rounds } = flags;
  const result = await tune({
    home,
    threads,
    slim: train.slim,
    grid,
    seed: prepare.seed,
    items,
    rounds,
    progress,
    signal,
  });
  if (flags.out)
    await writeFile(flags.out, `${JSON.stringify({ train: { slim: result.slim } }, null, 2)}\n`);
  return result;
}

function readSearch(path: string): Promise<unknown> {
  return readJson(path).catch((error: Error) => {
    throw new UsageError(`Cannot read the search ${path} (${error.message}): check --search`);
  });
}

/** Checked before the search: a winner found in hours must not be lost because a folder is missing. */
async function requireFolder(out: string): Promise<void> {
  const folder = dirname(resolve(out));
  await access(folder, constants.W_OK).catch(() => {
    throw new UsageError(`Cannot write into ${folder}: make the folder first, or change --out`);
  });
}

function checkGrid(path: string, value: unknown): Grid {
  const rows = isObject(value) ? Object.entries(value) : [];
  if (
    rows.length > 0 &&
    rows.every(([, values]) => Array.isArray(values) && values.every((v) => typeof v === 'number'))
  )
    return value as Grid;
  throw new UsageError(`${path} is not a search: expected { "option": [numbers to try], … }`);
}
