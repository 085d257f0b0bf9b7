/** osusume upload */
import { action, command } from './command.ts';

export const uploadCommand = command(
  'upload',
  'put a data set or a bundle into a bucket; what is already the same there is skipped',
)
  .argument('<folder>', 'of CSVs (plain, .gz or .zip), or <home>/bundle/<version>')
  .argument('<address>', 'e.g. gs://my-bucket/ratings')
  .action(
    action(async ({ config, progress, signal }, folder, to) => {
      const { uploadFolder } = await import('../cloud/upload-folder.ts');
      const { SYNTHETIC_MARK } = await import('../source/sample/sample.ts');
      const { home, cloud } = config;
      const alsoNamed = [SYNTHETIC_MARK];
      const found = await uploadFolder({ home, folder, to, cloud, alsoNamed, progress, signal });
      return {
        json: found,
        text: `${found.sent.length} files sent to ${found.address}, ${found.skipped.length} were the same there`,
      };
    }),
  );
