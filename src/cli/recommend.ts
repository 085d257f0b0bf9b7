/** osusume recommend */
import { importAccess } from '../config/config.ts';
import { action, type CommonFlags, command } from './command.ts';

interface RecommendFlags extends CommonFlags {
  readonly user?: string;
  readonly like: readonly string[];
  readonly list?: string;
  readonly scale?: string;
  readonly anilist?: string;
  readonly myanimelist?: string;
  readonly limit: string;
  readonly classics?: boolean;
  readonly rule: readonly string[];
  readonly rules: boolean;
}

export const recommendCommand = command('recommend', 'print recommendations in the terminal')
  .option('--user <id>', 'a user of the data set')
  .option(
    '--like <title[:rating]>',
    'a title or its MyAnimeList id, e.g. "Steins;Gate" or 5114:9; may be repeated',
    (value: string, before: string[]) => [...before, value],
    [],
  )
  .option(
    '--list <file>',
    'a list as any site or program exports it (XML, CSV, JSON, text; also .gz, .zip), or the address of a profile at AniList or MyAnimeList',
  )
  .option(
    '--scale <scale>',
    'of the scores in the list, when another one is found than it has: 1-10, 1-100, 1-20, 1-5 or 1-3',
  )
  .option('--anilist <name>', 'the public list of a user of AniList')
  .option('--myanimelist <name>', 'the public list of a user of MyAnimeList (needs MAL_CLIENT_ID)')
  .option('--limit <n>', 'how many', '10')
  .option(
    '--classics',
    'with --like or a short list: also well-known titles that you have probably seen without naming them',
  )
  .option(
    '--rule <name=value>',
    'a rule as the API has it, e.g. episodes=1-26, themesIn=time-travel, ageRating=PG or sequels=false; may be repeated',
    (value: string, before: string[]) => [...before, value],
    [],
  )
  .option('--no-rules', 'keep the order of the model; leave out only what has been seen')
  .action(
    action<RecommendFlags>(async ({ flags, config }) => {
      const { recommendInTerminal } = await import('./output/terminal-recommendations.ts');
      const sites = { ...config.import, ...importAccess() };
      return recommendInTerminal({ ...flags, home: config.home, sites });
    }),
  );
