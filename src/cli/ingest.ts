/** osusume ingest */
import { action, command, type StageFlags } from './command.ts';
import {
  maxRejectedOption,
  reproducibleOption,
  rowsOption,
  sourceOption,
  summaryOption,
} from './options.ts';
import { summarize } from './output/summarize.ts';

export const ingestCommand = command(
  'ingest',
  'read ratings and titles from a source and check every row',
)
  .addOption(sourceOption())
  .addOption(rowsOption())
  .addOption(maxRejectedOption())
  .addOption(reproducibleOption())
  .addOption(summaryOption())
  .action(
    action<StageFlags>(async ({ flags, config, progress, signal }) => {
      const { ingest } = await import('../ingest.ts');
      const { home, source, threads, cloud } = config;
      const { artefact, report } = await ingest({
        ...{ home, source, threads, cloud, progress, signal },
        ...config.ingest,
        reproducible: flags.reproducible,
      });
      await summarize(flags, ({ ingestSummary }) => ingestSummary(report));
      return {
        json: { folder: artefact.folder, ...report },
        text: `Checked rows and the report are in ${artefact.folder}. Next: osusume prepare`,
      };
    }),
  );
