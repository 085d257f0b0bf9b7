/** osusume ingest */
import { action, command } from './command.ts';
import { maxRejectedOption, rowsOption, sourceOption } from './options.ts';

export const ingestCommand = command(
  'ingest',
  'read ratings and titles from a source and check every row',
)
  .addOption(sourceOption())
  .addOption(rowsOption())
  .addOption(maxRejectedOption())
  .action(
    action(async ({ config, progress, signal }) => {
      const { ingest } = await import('../ingest.ts');
      const { home, source, threads, cloud } = config;
      const { artefact, report } = await ingest({
        ...{ home, source, threads, cloud, progress, signal },
        ...config.ingest,
      });
      return {
        json: { folder: artefact.folder, ...report },
        text: `Checked rows and the report are in ${artefact.folder}. Next: osusume prepare`,
      };
    }),
  );
