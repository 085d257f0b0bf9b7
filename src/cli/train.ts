/** osusume train */
import { trackAccess } from '../config/config.ts';
import { action, command, type StageFlags } from './command.ts';
import { reproducibleOption, summaryOption } from './options.ts';
import { summarize } from './output/summarize.ts';

interface TrainFlags extends StageFlags {
  readonly models?: string;
  readonly resume?: boolean;
}

export const trainCommand = command('train', 'fit the models on the training people')
  .option(
    '--models <names>',
    'comma-separated, or "all" (default: what publishing needs, or those of the configuration)',
  )
  .option('--seed <n>', 'of every model that draws random numbers')
  .option('--resume', 'continue an interrupted training from its checkpoints')
  .addOption(reproducibleOption())
  .addOption(summaryOption())
  .action(
    action<TrainFlags>(async ({ flags, config, progress, signal }) => {
      const { train } = await import('../train.ts');
      const { home, threads, track } = config;
      const { artefact, record, run } = await train({
        ...{ home, threads, track, progress, signal },
        ...config.train,
        names: flags.models?.split(',').map((name) => name.trim()),
        resume: flags.resume,
        reproducible: flags.reproducible,
        access: trackAccess(),
      });
      await summarize(flags, async ({ trainSummary }) => {
        const { readRunRecord } = await import('../track/run-record.ts');
        return trainSummary(await readRunRecord(home, run));
      });
      return {
        json: { folder: artefact.folder, ...record },
        text: `Models are in ${artefact.folder}, run ${run}. Next: osusume evaluate, osusume publish`,
      };
    }),
  );
