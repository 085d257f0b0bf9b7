/** osusume explore */
import { action, type CommonFlags, command } from './command.ts';

export const exploreCommand = command(
  'explore',
  'write a report of the data: what was read, and what is in it',
)
  .option('--out <file.html>', 'where to write it (default: explore.html in the home)')
  .action(
    action<CommonFlags & { readonly out?: string }>(async ({ flags, config, progress, signal }) => {
      const { explore } = await import('../explore.ts');
      const { home, threads } = config;
      const { path, facts } = await explore({ home, threads, out: flags.out, progress, signal });
      return { json: { path, ...facts }, text: `The report is ${path}` };
    }),
  );
