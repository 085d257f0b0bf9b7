/** The stages of the walk, from rows to a bundle. */
import { Option } from 'commander';
import { trackAccess } from '../config/config.ts';
import { act, type CommonFlags, command } from './command.ts';
import { maxRejectedOption, rowsOption, sourceOption } from './source-options.ts';

export const pipelineCommand = command(
  'pipeline',
  'ingest → prepare → train → evaluate → publish → map, in one go',
)
  .addOption(sourceOption())
  .addOption(rowsOption())
  .addOption(maxRejectedOption())
  .action(
    act(async ({ config, progress, signal }) => {
      const { pipeline } = await import('../pipeline.ts');
      const { leaderboardText } = await import('../metric/leaderboard.ts');
      const result = await pipeline({ config, progress, signal });
      const { map, ...stages } = result.seconds;
      const took = Object.values(stages).reduce((sum, seconds) => sum + seconds, 0);
      return {
        json: result,
        text: `${leaderboardText(result.leaderboard)}\nPublished ${result.bundle} in ${took.toFixed(1)} s, the map of its titles in ${map.toFixed(1)} s more. Next: osusume serve`,
      };
    }),
  );

export const ingestCommand = command(
  'ingest',
  'read ratings and titles from a source into checked rows',
)
  .addOption(sourceOption())
  .addOption(rowsOption())
  .addOption(maxRejectedOption())
  .action(
    act(async ({ config, progress, signal }) => {
      const { ingest } = await import('../ingest.ts');
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

export const prepareCommand = command(
  'prepare',
  'turn rows into the dataset: ids, sparse rows, catalogue, franchises, held-out people',
)
  .option('--min-ratings <n>', 'leave out people who have seen fewer titles')
  .option('--seed <n>', 'who is held out')
  .option('--relations <file>', 'anime-offline-database JSON with relations between titles')
  .action(
    act(async ({ config, progress, signal }) => {
      const { prepare } = await import('../prepare.ts');
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

export const trainCommand = command('train', 'fit the models on the training people')
  .option(
    '--models <names>',
    'comma-separated, or "all"; default: what publishing needs, or those of the configuration',
  )
  .option('--seed <n>', 'for every model that draws random numbers')
  .option('--resume', 'go on from the checkpoints of an interrupted training')
  .action(
    act<CommonFlags & { models?: string; resume?: boolean }>(
      async ({ flags, config, progress, signal }) => {
        const { train } = await import('../train.ts');
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

export const evaluateCommand = command(
  'evaluate',
  'judge the models on held-out people: the leaderboard',
)
  .addOption(
    new Option('--part <part>', 'whom to judge on').choices(['validation', 'test']).default('test'),
  )
  .option('--markdown', 'print the tables as Markdown')
  .option('--all', 'also by group of people and titles, with latency and cost, and an HTML report')
  .action(
    act<CommonFlags & { part: 'validation' | 'test'; markdown?: boolean; all?: boolean }>(
      async ({ flags, config, progress, signal }) => {
        const { evaluate } = await import('../evaluate.ts');
        const { leaderboardMarkdown, leaderboardText } = await import('../metric/leaderboard.ts');
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

export const publishCommand = command(
  'publish',
  'fit on everyone and publish a bundle for serving',
).action(
  act(async ({ config, progress, signal }) => {
    const { publish } = await import('../publish.ts');
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
