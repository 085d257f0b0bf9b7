/** osusume fetch */
import { action, command } from './command.ts';

export const fetchCommand = command('fetch', 'download an archive of ratings')
  .argument('[url]', 'http(s) address of a .zip (default: the MyAnimeList 2020 data set)')
  .action(
    action(async ({ config, progress, signal }, given) => {
      const { fetchArchive, KAGGLE_2020 } = await import('../source/archive.ts');
      const url = given || KAGGLE_2020;
      const found = await fetchArchive({ home: config.home, url, progress, signal });
      return {
        json: found,
        text: `${found.path} (${found.bytes} bytes, SHA-256 ${found.sha256}). Next: osusume pipeline --source ${found.path}`,
      };
    }),
  );
