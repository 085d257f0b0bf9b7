/** When the rows of a file are too few or too faulty to go on. */

import type { FileAccount } from '../../data/csv/rejects.ts';
import { UnusableFileError } from '../../error.ts';

export function requireRows(account: FileAccount, maxRejected: number, kept = account.kept): void {
  if (account.read === 0)
    throw new UnusableFileError(
      `${account.file} has a header but no rows: get the file again from the data set`,
    );
  requireFewFaults(account, maxRejected);
  if (kept > 0) return;
  throw new UnusableFileError(
    account.faulty < account.read
      ? `None of the ${account.read} rows of ${account.file} is for a title of the catalogue: check that the two files belong together`
      : `None of the ${account.read} rows of ${account.file} can be used; the first are:\n${account.examples.join('\n')}\nGet the file again`,
  );
}

export function requireFewFaults(
  { file, read, faulty, examples }: FileAccount,
  maxRejected: number,
): void {
  if (faulty <= maxRejected * read) return;
  const percent = (share: number) => `${Number((share * 100).toFixed(1))} %`;
  throw new UnusableFileError(
    `${file}: ${faulty} of ${read} rows read are faulty (${percent(faulty / read)}, allowed are ${percent(maxRejected)}); the first are:\n${examples.join('\n')}\n` +
      'Get the file again, or allow more with --max-rejected (ingest.maxRejected in a configuration)',
  );
}
