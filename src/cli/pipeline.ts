/** osusume pipeline: all stages from rows to a bundle, in one command. */
import { action, type CommonFlags, command } from './command.ts';
import {
  forceOption,
  marginOption,
  maxRejectedOption,
  noAdultFlagOption,
  rowsOption,
  signOption,
  sourceOption,
  toOption,
} from './options.ts';

export const pipelineCommand = command(
  'pipeline',
  'ingest → prepare → train → evaluate → publish → map, in one command',
)
  .addOption(sourceOption())
  .addOption(rowsOption())
  .addOption(maxRejectedOption())
  .addOption(signOption())
  .addOption(toOption())
  .addOption(marginOption())
  .addOption(forceOption())
  .addOption(noAdultFlagOption())
  .option(
    '--relations <file>',
    'anime-offline-database JSON with relations between titles, and tags for their themes',
  )
  .option('--seed <n>', 'of everything random in prepare and train; same seed, same models')
  .action(
    action<CommonFlags & { readonly force?: boolean; readonly adultFlag: boolean }>(
      async ({ flags, config, progress, signal }) => {
        const { pipeline } = await import('../pipeline.ts');
        const { leaderboardText } = await import('../metric/leaderboard.ts');
        const { force, adultFlag } = flags;
        const result = await pipeline({
          ...{ config, force, noAdultFlag: !adultFlag, progress, signal },
        });
        const { map, ...stages } = result.seconds;
        const took = Object.values(stages).reduce((sum, seconds) => sum + seconds, 0);
        return {
          json: result,
          text: `${leaderboardText(result.leaderboard)}\nPublished ${result.bundle} in ${took.toFixed(1)} s, the map of its titles in ${map.toFixed(1)} s more. Next: osusume serve`,
        };
      },
    ),
  );
