/** Which ratings are read: the flags of the commands that read any. */
import { Option } from 'commander';

export function sourceOption(): Option {
  return new Option(
    '--source <where>',
    'a folder, a .zip or an http(s) address; without it the built-in sample',
  );
}

export function rowsOption(): Option {
  return new Option('--rows <n>', 'take the first n ratings only');
}

export function maxRejectedOption(): Option {
  return new Option(
    '--max-rejected <share>',
    'stop when more rows than this share are rejected, unknown ids apart (default 0.05)',
  );
}
