/** osusume sample */
import { action, type CommonFlags, command } from './command.ts';
import { wholeNumber } from './options.ts';

interface SampleFlags extends CommonFlags {
  readonly people?: string;
  readonly rows?: string;
  readonly titles?: string;
  readonly seed?: string;
}

export const sampleCommand = command(
  'sample',
  'write synthetic ratings of real titles, of any size, in the layout of the 2020 data set',
)
  .argument('<folder>', 'where to write them')
  .option('--people <n>', 'how many people')
  .option('--rows <n>', 'exactly how many ratings')
  .option(
    '--titles <n>',
    'how many titles; those beyond the built-in ones are synthetic (default: the built-in ones, more where the rows need more)',
  )
  .option('--seed <n>', 'same seed, same bytes')
  .action(
    action<SampleFlags>(
      async ({ flags, progress, signal }, folder) => {
        const { writeSample } = await import('../source/sample/sample.ts');
        const written = await writeSample(folder, {
          people: wholeNumber(flags, 'people'),
          rows: wholeNumber(flags, 'rows'),
          titles: wholeNumber(flags, 'titles'),
          seed: wholeNumber(flags, 'seed'),
          progress,
          signal,
        });
        return {
          json: { folder, ...written },
          text: `${written.rows} synthetic rows of ${written.people} people in ${folder}. Next: osusume pipeline --source ${folder}`,
        };
      },
      { configures: false },
    ),
  );
