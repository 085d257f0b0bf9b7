/** What a published bundle is for: the server, and a list in the terminal. */
import { Option } from 'commander';
import { adminKey, importAccess, modelKey } from '../config/config.ts';
import { act, type CommonFlags, command } from './command.ts';
import { sourceOption } from './source-options.ts';

export const serveCommand = command(
  'serve',
  'serve the page and the API; without a bundle, run the pipeline first',
)
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

export const recommendCommand = command('recommend', 'recommendations in the terminal')
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
      const { recommendInTerminal } = await import('./terminal-list.ts');
      const sites = { ...config.import, ...importAccess() };
      return recommendInTerminal({ home: config.home, ...flags, sites });
    }),
  );

function repeated(value: string, before: string[]): string[] {
  return [...before, value];
}
