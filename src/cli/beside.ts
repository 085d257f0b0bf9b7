/** What stands beside the walk: searches, the map, runs, the report of the data. */
import { trackAccess } from '../config/config.ts';
import { act, type CommonFlags, command, whole } from './command.ts';

export const tuneCommand = command('tune', 'search for better options on validation people')
  .option('--search <file>', 'values to try, by option (default: configs/search.json)')
  .option('--items <n>', 'search on the most listed titles only; 0 = all', '6000')
  .option('--rounds <n>', 'at most', '2')
  .option('--out <file>', 'write the winner as a configuration')
  .action(
    act<CommonFlags & { search?: string; items: string; rounds: string; out?: string }>(
      async ({ flags, config, progress, signal }) => {
        const { tuneFromFiles } = await import('../tune.ts');
        const limits = { items: whole(flags, 'items'), rounds: whole(flags, 'rounds') };
        const given = { search: flags.search, out: flags.out, ...limits };
        const result = await tuneFromFiles({ config, flags: given, progress, signal });
        const { ndcg10, recall20, ndcg100 } = result.evaluation.liked;
        const text = `Winner: ${JSON.stringify(result.slim, null, 2)}\nvalidation: liked NDCG@10 ${ndcg10.mean.toFixed(4)}, Recall@20 ${recall20.mean.toFixed(4)}, NDCG@100 ${ndcg100.mean.toFixed(4)}`;
        return { json: result, text };
      },
    ),
  );

export const mapCommand = command(
  'map',
  'lay out the titles of the published bundle as a map; a running server takes it up',
)
  .option('--seed <n>', 'the same seed and bundle give the same map')
  .action(
    act<CommonFlags & { seed?: string }>(async ({ flags, config, progress, signal }) => {
      const { map } = await import('../map.ts');
      const seed = whole(flags, 'seed');
      const { folder, version, titles } = await map({ home: config.home, seed, progress, signal });
      return {
        json: { folder, version, titles },
        text: `${titles} titles stand on the map ${version} in ${folder}. Next: osusume serve, then /map`,
      };
    }),
  );

export const runsCommand = command('runs', 'what was trained: lists and compares runs')
  .argument(
    '[action]',
    'list, show or push (sends what a tracking server has not received)',
    'list',
  )
  .argument('[id]', 'of the run to show, or to push only that one')
  .action(
    act(async ({ config, progress, signal }, action, id) => {
      const { runs } = await import('./run-list.ts');
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

export const exploreCommand = command(
  'explore',
  'a report of the data: what was read, and what is in it',
)
  .option('--out <file.html>', 'where to; default: the home')
  .action(
    act<CommonFlags & { out?: string }>(async ({ flags, config, progress, signal }) => {
      const { explore } = await import('../explore.ts');
      const { home, threads } = config;
      const { path, facts } = await explore({ home, threads, out: flags.out, progress, signal });
      return { json: { path, ...facts }, text: `The report is ${path}` };
    }),
  );
