/** osusume publish */
import { action, command } from './command.ts';

export const publishCommand = command(
  'publish',
  'fit on everyone and publish a bundle for serving',
).action(
  action(async ({ config, progress, signal }) => {
    const { publish } = await import('../publish.ts');
    const { home, threads } = config;
    const { folder, version } = await publish({ home, threads, progress, signal });
    return {
      json: { folder, version },
      text: `Published ${version} in ${folder}. Next: osusume serve`,
    };
  }),
);
