/** osusume prepare */
import { action, command, type StageFlags } from './command.ts';
import { reproducibleOption, summaryOption } from './options.ts';
import { summarize } from './output/summarize.ts';

export const prepareCommand = command(
  'prepare',
  'turn rows into the dataset: ids, sparse rows, catalogue, franchises, held-out people',
)
  .option('--min-ratings <n>', 'leave out people who have seen fewer titles')
  .option('--seed <n>', 'draws who is held out')
  .option(
    '--relations <file>',
    'anime-offline-database JSON with relations between titles, and tags for their themes',
  )
  .addOption(reproducibleOption())
  .addOption(summaryOption())
  .action(
    action<StageFlags>(async ({ flags, config, progress, signal }) => {
      const { prepare } = await import('../prepare.ts');
      const { home, threads } = config;
      const { artefact, dataset } = await prepare({
        ...{ home, threads, progress, signal },
        ...config.prepare,
        reproducible: flags.reproducible,
      });
      await summarize(flags, ({ prepareSummary }) => prepareSummary(dataset));
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
