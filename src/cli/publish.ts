/** osusume publish */
import { action, command } from './command.ts';
import { signOption } from './options.ts';

export const publishCommand = command('publish', 'fit on everyone and publish a bundle for serving')
  .addOption(signOption())
  .action(
    action(async ({ config, progress, signal }) => {
      const { publish } = await import('../publish.ts');
      const { home, threads, publish: settings } = config;
      const { folder, version } = await publish({ home, threads, ...settings, progress, signal });
      return {
        json: { folder, version },
        text: `Published ${version} in ${folder}. Next: osusume serve`,
      };
    }),
  );
