/** What package.json says of this program. */
import { readFileSync } from 'node:fs';

/** One folder above src/ and above dist/. */
const packageJson: unknown = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

export const RELEASE =
  typeof packageJson === 'object' && packageJson !== null && 'version' in packageJson
    ? String(packageJson.version)
    : '0';

/** Name → version range of the packages that an installation may leave out. */
export const OPTIONAL_VERSIONS: Readonly<Record<string, string>> =
  typeof packageJson === 'object' && packageJson !== null && 'optionalDependencies' in packageJson
    ? (packageJson.optionalDependencies as Record<string, string>)
    : {};
