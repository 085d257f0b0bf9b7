/** osusume publish */
import { action, type CommonFlags, command } from './command.ts';
import { forceOption, marginOption, signOption } from './options.ts';

export const publishCommand = command('publish', 'fit on everyone and publish a bundle for serving')
  .addOption(signOption())
  .addOption(marginOption())
  .addOption(forceOption())
  .action(
    action<CommonFlags & { readonly force?: boolean }>(
      async ({ flags, config, progress, signal }) => {
        const { publish } = await import('../publish.ts');
        const { comparisonText } = await import('../recommend/quality-gate.ts');
        const { home, threads, publish: settings } = config;
        const { force } = flags;
        const options = { home, threads, ...settings, force, progress, signal };
        const { folder, version, comparison } = await publish(options);
        return {
          json: { folder, version, comparison },
          text: `${comparisonText(comparison)}.\nPublished ${version} in ${folder}. Next: osusume serve`,
        };
      },
    ),
  );
