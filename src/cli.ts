#!/usr/bin/env node
/** One command per stage; imports it lazily; prints errors; sets the exit code (0 done, 1 failed, 2 wrong use, 130 interrupted). */
import { Command, CommanderError, Option } from 'commander';
import {
  adminKey,
  type Config,
  type Flags,
  importAccess,
  isDebugging,
  loadConfig,
  modelKey,
  trackAccess,
} from './config.ts';
import { describeError, exitCodeOf, UsageError } from './error.ts';
import { NO_PROGRESS, type Progress } from './terminal/progress.ts';

interface CommonFlags extends Flags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a command gets besides its own flags. */
interface Run<F> {
  readonly flags: F;
  readonly config: Config;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

interface Outcome {
  /** what --json prints */
  readonly json: unknown;
  /** what a person reads */
  readonly text: string;
}

const program = new Command('osusume')
  .description('Anime recommendations: from a folder of ratings to a page that recommends.')
  .showHelpAfterError('(osusume <command> --help lists the options)')
  .exitOverride();

command('pipeline', 'ingest → prepare → train → evaluate → publish → map, in one go')
  .addOption(sourceOption())
  .addOption(rowsOption())
  .action(
    act(async ({ config, progress, signal }) => {
      const { pipeline } = await import('./pipeline.ts');
      const { leaderboardText } = await import('./metric/leaderboard.ts');
      const result = await pipeline({ config, progress, signal });
      const { map, ...stages } = result.seconds;
      const took = Object.values(stages).reduce((sum, seconds) => sum + seconds, 0);
      return {
        json: result,
        text: `${leaderboardText(result.leaderboard)}\nPublished ${result.bundle} in ${took.toFixed(1)} s, the map of its titles in ${map.toFixed(1)} s more. Next: osusume serve`,
      };
    }),
  );

command('ingest', 'read ratings and titles from a source into checked rows')
  .addOption(sourceOption())
  .addOption(rowsOption())
  .addOption(
    new Option(
      '--max-rejected <share>',
      'stop when more rows than this share are rejected, unknown ids apart (default 0.05)',
    ),
  )
  .action(
    act(async ({ config, progress, signal }) => {
      const { ingest } = await import('./ingest.ts');
      const { artefact, report } = await ingest({
        home: config.home,
        source: config.source,
        threads: config.threads,
        ...config.ingest,
        progress,
        signal,
      });
      return {
        json: { folder: artefact.folder, ...report },
        text: `Checked rows and the report are in ${artefact.folder}. Next: osusume prepare`,
      };
    }),
  );

command(
  'prepare',
  'turn rows into the dataset: ids, sparse rows, catalogue, franchises, held-out people',
)
  .option('--min-ratings <n>', 'leave out people who have seen fewer titles')
  .option('--seed <n>', 'who is held out')
  .option('--relations <file>', 'anime-offline-database JSON with relations between titles')
  .action(
    act(async ({ config, progress, signal }) => {
      const { prepare } = await import('./prepare.ts');
      const { artefact, dataset } = await prepare({
        home: config.home,
        threads: config.threads,
        ...config.prepare,
        progress,
        signal,
      });
      const { users, items, interactions, parts, fingerprint } = dataset;
      const json = {
        folder: artefact.folder,
        fingerprint,
        people: users.size,
        titles: items.size,
        rows: interactions.indices.length,
        parts,
      };
      return {
        json,
        text: `${users.size} people, ${items.size} titles, ${json.rows} rows in ${artefact.folder}. Next: osusume train`,
      };
    }),
  );

command('train', 'fit the models on the training people')
  .option(
    '--models <names>',
    'comma-separated, or "all"; default: what publishing needs, or those of the configuration',
  )
  .option('--seed <n>', 'for every model that draws random numbers')
  .option('--resume', 'go on from the checkpoints of an interrupted training')
  .action(
    act<CommonFlags & { models?: string; resume?: boolean }>(
      async ({ flags, config, progress, signal }) => {
        const { train } = await import('./train.ts');
        const { artefact, record, run } = await train({
          home: config.home,
          ...config.train,
          names: flags.models?.split(',').map((name) => name.trim()),
          resume: flags.resume,
          threads: config.threads,
          track: config.track,
          access: trackAccess(),
          progress,
          signal,
        });
        return {
          json: { folder: artefact.folder, ...record },
          text: `Models are in ${artefact.folder}, run ${run}. Next: osusume evaluate, osusume publish`,
        };
      },
    ),
  );

command('tune', 'search for better options on validation people')
  .option('--search <file>', 'values to try, by option (default: configs/search.json)')
  .option('--items <n>', 'search on the most listed titles only; 0 = all', '6000')
  .option('--rounds <n>', 'at most', '2')
  .option('--out <file>', 'write the winner as a configuration')
  .action(
    act<CommonFlags & { search?: string; items: string; rounds: string; out?: string }>(
      async ({ flags, config, progress, signal }) => {
        const { tuneFromFiles } = await import('./tune.ts');
        const result = await tuneFromFiles({ config, flags, progress, signal });
        const { ndcg10, recall20, ndcg100 } = result.judgement.liked;
        const text = `Winner: ${JSON.stringify(result.slim, null, 2)}\nvalidation: liked NDCG@10 ${ndcg10.mean.toFixed(4)}, Recall@20 ${recall20.mean.toFixed(4)}, NDCG@100 ${ndcg100.mean.toFixed(4)}`;
        return { json: result, text };
      },
    ),
  );

command('evaluate', 'judge the models on held-out people: the leaderboard')
  .addOption(
    new Option('--part <part>', 'whom to judge on').choices(['validation', 'test']).default('test'),
  )
  .option('--markdown', 'print the tables as Markdown')
  .option('--all', 'also by group of people and titles, with latency and cost, and an HTML report')
  .action(
    act<CommonFlags & { part: 'validation' | 'test'; markdown?: boolean; all?: boolean }>(
      async ({ flags, config, progress, signal }) => {
        const { evaluate } = await import('./evaluate.ts');
        const { leaderboardMarkdown, leaderboardText } = await import('./metric/leaderboard.ts');
        const board = await evaluate({
          home: config.home,
          part: flags.part,
          seed: config.prepare.seed,
          all: flags.all,
          track: config.track,
          access: trackAccess(),
          progress,
          signal,
        });
        return {
          json: board,
          text: flags.markdown ? leaderboardMarkdown(board) : leaderboardText(board),
        };
      },
    ),
  );

command('publish', 'fit on everyone and publish a bundle for serving').action(
  act(async ({ config, progress, signal }) => {
    const { publish } = await import('./publish.ts');
    const { folder, version } = await publish({
      home: config.home,
      threads: config.threads,
      progress,
      signal,
    });
    return {
      json: { folder, version },
      text: `Published ${version} in ${folder}. Next: osusume serve`,
    };
  }),
);

command('map', 'lay out the titles of the published bundle as a map; a running server takes it up')
  .option('--seed <n>', 'the same seed and bundle give the same map')
  .action(
    act<CommonFlags & { seed?: string }>(async ({ flags, config, progress, signal }) => {
      const { map } = await import('./map.ts');
      const seed = whole(flags, 'seed');
      const { folder, version, titles } = await map({ home: config.home, seed, progress, signal });
      return {
        json: { folder, version, titles },
        text: `${titles} titles stand on the map ${version} in ${folder}. Next: osusume serve, then /map`,
      };
    }),
  );

command('runs', 'what was trained: lists and compares runs')
  .argument(
    '[action]',
    'list, show or push (sends what a tracking server has not received)',
    'list',
  )
  .argument('[id]', 'of the run to show, or to push only that one')
  .action(
    act(async ({ config, progress, signal }, action, id) => {
      const { runs } = await import('./runs.ts');
      return runs({
        home: config.home,
        action,
        id,
        track: config.track,
        access: trackAccess(),
        progress,
        signal,
      });
    }),
  );

command('explore', 'a report of the data: what was read, and what is in it')
  .option('--out <file.html>', 'where to; default: the home')
  .action(
    act<CommonFlags & { out?: string }>(async ({ flags, config, progress, signal }) => {
      const { explore } = await import('./explore.ts');
      const { home, threads } = config;
      const { path, facts } = await explore({ home, threads, out: flags.out, progress, signal });
      return { json: { path, ...facts }, text: `The report is ${path}` };
    }),
  );

command('serve', 'serve the page and the API; without a bundle, run the pipeline first')
  .option('--port <n>', 'default: PORT or 3000')
  .option('--host <address>', 'default: HOST or 127.0.0.1')
  .addOption(
    new Option(
      '--posters <on|off>',
      'fetch posters from Jikan and AniList (default: OSUSUME_POSTERS or on)',
    ).choices(['on', 'off']),
  )
  .addOption(sourceOption())
  .action(
    act(async ({ config, progress, signal }) => {
      const { start } = await import('./start.ts');
      const keys = { modelKey: modelKey(), adminKey: adminKey() };
      await start({ config, ...keys, progress, signal });
      return { json: { closed: true }, text: 'Closed.' };
    }),
  );

command('recommend', 'recommendations in the terminal')
  .option('--user <id>', 'a person of the data set')
  .option(
    '--like <title[:rating]>',
    'a title or its MyAnimeList id, e.g. "Steins;Gate" or 5114:9; may be repeated',
    repeated,
    [],
  )
  .option(
    '--list <file>',
    'a MyAnimeList export (.xml, .xml.gz), or a CSV with anime_id or title and, if known, rating and status',
  )
  .option('--anilist <name>', 'the public list of a user at AniList')
  .option('--myanimelist <name>', 'the public list of a user at MyAnimeList (needs MAL_CLIENT_ID)')
  .option('--limit <n>', 'how many', '10')
  .option('--no-rules', 'the pure order of the model; only seen titles are left out')
  .action(
    act<
      CommonFlags & {
        user?: string;
        like: string[];
        list?: string;
        anilist?: string;
        myanimelist?: string;
        limit: string;
        rules: boolean;
      }
    >(async ({ flags, config }) => {
      const { recommendInTerminal } = await import('./recommend/terminal.ts');
      const sites = { ...config.import, ...importAccess() };
      return recommendInTerminal({ home: config.home, ...flags, sites });
    }),
  );

command(
  'sample',
  'write synthetic ratings of real titles, of any size, in the layout of the 2020 data set',
)
  .argument('<folder>', 'where to')
  .option('--people <n>', 'how many people')
  .option('--rows <n>', 'exactly how many ratings')
  .option('--titles <n>', 'how many titles; beyond the built-in ones they are synthetic')
  .option('--seed <n>', 'same seed, same bytes')
  .action(
    act<CommonFlags & { people?: string; rows?: string; titles?: string; seed?: string }>(
      async ({ flags, progress, signal }, folder) => {
        const { writeSample } = await import('./source/sample.ts');
        const options = {
          people: whole(flags, 'people'),
          rows: whole(flags, 'rows'),
          titles: whole(flags, 'titles'),
          seed: whole(flags, 'seed'),
        };
        const written = await writeSample(folder, { ...options, progress, signal });
        return {
          json: { folder, ...written },
          text: `${written.rows} synthetic rows of ${written.people} people in ${folder}. Next: osusume pipeline --source ${folder}`,
        };
      },
      false,
    ),
  );

command('fetch', 'download an archive of ratings (default: the MyAnimeList 2020 data set)')
  .argument('[url]', 'http(s) address of a .zip')
  .action(
    act(async ({ config, progress, signal }, url) => {
      const { fetchArchive, KAGGLE_2020 } = await import('./source/archive.ts');
      const found = await fetchArchive({
        home: config.home,
        url: url || KAGGLE_2020,
        progress,
        signal,
      });
      return {
        json: found,
        text: `${found.path} (${found.bytes} bytes, SHA-256 ${found.sha256}). Next: osusume pipeline --source ${found.path}`,
      };
    }),
  );

await main();

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option(
      '--home <folder>',
      'everything this installation keeps (default: OSUSUME_HOME or ./.osusume)',
    )
    .option('--config <file>', 'a configuration file, or the name of one in configs/')
    .option('--threads <n>', 'default: all cores')
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'no progress')
    .showHelpAfterError(`(osusume ${name} --help lists the options)`)
    .exitOverride();
}

function sourceOption(): Option {
  return new Option(
    '--source <where>',
    'a folder, a .zip or an http(s) address; without it the built-in sample',
  );
}

function rowsOption(): Option {
  return new Option('--rows <n>', 'take the first n ratings only');
}

function repeated(value: string, before: string[]): string[] {
  return [...before, value];
}

/** A commander action: configuration, progress and Ctrl-C around `work`; arguments that are not given are ''. `withConfig` false: its flags are its own. */
function act<F extends CommonFlags = CommonFlags>(
  work: (run: Run<F>, ...given: string[]) => Promise<Outcome>,
  withConfig = true,
) {
  return async (...received: unknown[]) => {
    const invoked = received.pop() as Command;
    const given = invoked.processedArgs.map((argument) => String(argument ?? ''));
    const flags = invoked.opts<F>();
    const config = loadConfig(withConfig ? flags : { home: flags.home, config: flags.config });
    const controller = new AbortController();
    const interrupt = () => controller.abort();
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    const progress = flags.quiet
      ? NO_PROGRESS
      : (await import('./terminal/terminal-progress.ts')).terminalProgress();
    try {
      const { signal } = controller;
      const { json, text } = await work({ flags, config, progress, signal }, ...given);
      process.stdout.write(`${flags.json ? JSON.stringify(json, null, 2) : text}\n`);
    } finally {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    }
  };
}

function whole<K extends string>(
  flags: { readonly [key in K]?: string },
  name: K,
): number | undefined {
  const text = flags[name];
  if (text === undefined) return undefined;
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(value) || value < 0)
    throw new UsageError(`--${name} is "${text}", expected a whole number`);
  return value;
}

async function main(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.stderr.write(`\n${describeError(error, isDebugging())}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
