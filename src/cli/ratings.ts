/** Ratings to begin with: made up, or downloaded. */
import { act, type CommonFlags, command, whole } from './command.ts';

export const sampleCommand = command(
  'sample',
  'write synthetic ratings of real titles, of any size, in the layout of the 2020 data set',
)
  .argument('<folder>', 'where to')
  .option('--people <n>', 'how many people')
  .option('--rows <n>', 'exactly how many ratings')
  .option('--titles <n>', 'how many titles; beyond the built-in ones they are synthetic')
  .option('--seed <n>', 'same seed, same bytes')
  .action(
    act<CommonFlags & { people?: string; rows?: string; titles?: string; seed?: string }>(
      async ({ flags, progress, signal }, folder) => {
        const { writeSample } = await import('../source/sample/sample.ts');
        const options = {
          people: whole(flags, 'people'),
          rows: whole(flags, 'rows'),
          titles: whole(flags, 'titles'),
          seed: whole(flags, 'seed'),
        };
        const written = await writeSample(folder, { ...options, progress, signal });
        return {
          json: { folder, ...written },
          text: `${written.rows} synthetic rows of ${written.people} people in ${folder}. Next: osusume pipeline --source ${folder}`,
        };
      },
      false,
    ),
  );

export const fetchCommand = command(
  'fetch',
  'download an archive of ratings (default: the MyAnimeList 2020 data set)',
)
  .argument('[url]', 'http(s) address of a .zip')
  .action(
    act(async ({ config, progress, signal }, url) => {
      const { fetchArchive, KAGGLE_2020 } = await import('../source/archive.ts');
      const found = await fetchArchive({
        home: config.home,
        url: url || KAGGLE_2020,
        progress,
        signal,
      });
      return {
        json: found,
        text: `${found.path} (${found.bytes} bytes, SHA-256 ${found.sha256}). Next: osusume pipeline --source ${found.path}`,
      };
    }),
  );
