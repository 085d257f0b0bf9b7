/** What package.json says of this program. */
import { readFileSync } from 'node:fs';
import { packageFile } from './built-file.ts';

const packageJson: unknown = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'));

export const RELEASE =
  typeof packageJson === 'object' && packageJson !== null && 'version' in packageJson
    ? String(packageJson.version)
    : '0';

/** Name → version range of the packages that an installation may leave out. */
export const OPTIONAL_VERSIONS: Readonly<Record<string, string>> =
  typeof packageJson === 'object' && packageJson !== null && 'optionalDependencies' in packageJson
    ? (packageJson.optionalDependencies as Record<string, string>)
    : {};
