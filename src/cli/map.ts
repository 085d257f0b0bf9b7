/** osusume map */
import { action, type CommonFlags, command } from './command.ts';
import { wholeNumber } from './options.ts';

export const mapCommand = command(
  'map',
  'lay out the titles of the published bundle as a map; a running server picks it up',
)
  .option('--seed <n>', 'same seed and bundle, same map')
  .action(
    action<CommonFlags & { readonly seed?: string }>(
      async ({ flags, config, progress, signal }) => {
        const { map } = await import('../map.ts');
        const seed = wholeNumber(flags, 'seed');
        const { folder, version, titles } = await map({
          ...{ home: config.home, seed, progress, signal },
        });
        return {
          json: { folder, version, titles },
          text: `The map ${version} in ${folder} shows ${titles} titles. Next: osusume serve, then open /map`,
        };
      },
    ),
  );
