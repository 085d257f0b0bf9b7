/** Options that several commands have, and how their values are read. */
import { Option } from 'commander';
import { QUALITY_MARGIN } from '../config/stage-settings.ts';
import { UsageError } from '../error.ts';

export function sourceOption(): Option {
  return new Option(
    '--source <where>',
    'a folder, a .zip, or an http(s) or gs:// address; default: the built-in sample',
  );
}

export function rowsOption(): Option {
  return new Option('--rows <n>', 'read only the first n ratings');
}

export function maxRejectedOption(): Option {
  return new Option(
    '--max-rejected <share>',
    'stop when more than this share of the rows is faulty; unknown ids do not count (default: 0.05)',
  );
}

export function signOption(): Option {
  return new Option(
    '--sign <file>',
    'sign the bundle with this private key (Ed25519 in PEM; default: OSUSUME_SIGN)',
  );
}

export function marginOption(): Option {
  return new Option(
    '--margin <n>',
    `refuse a bundle whose NDCG@10 or Recall@20 is lower by more than this than that of the bundle in use, on the same held-out people (default: ${QUALITY_MARGIN})`,
  );
}

export function toOption(): Option {
  return new Option(
    '--to <address>',
    'push the bundle to this gs:// address as well, and put it in use there (default: OSUSUME_TO)',
  );
}

/** Commander turns it into `adultFlag: false`. */
export function noAdultFlagOption(): Option {
  return new Option(
    '--no-adult-flag',
    'publish a catalogue in which nothing says which titles are for adults',
  );
}

export function forceOption(): Option {
  return new Option('--force', 'publish a bundle even when it is worse than the one in use');
}

export function reproducibleOption(): Option {
  return new Option(
    '--reproducible',
    'name the result after its content, and keep times and ids out of it: the same inputs make the same files (docs/versioning.md)',
  );
}

export function summaryOption(): Option {
  return new Option(
    '--summary <folder>',
    "also write the stage's figures there, as JSON and CSV, e.g. for DVC (docs/versioning.md)",
  );
}

/** An option that is a whole number. */
export function wholeNumber<K extends string>(
  flags: { readonly [key in K]?: string },
  name: K,
): number | undefined {
  const text = flags[name];
  if (text === undefined) return undefined;
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(value) || value < 0)
    throw new UsageError(`--${name} is "${text}", expected a whole number`);
  return value;
}
