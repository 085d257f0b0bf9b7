/** The version of this program, from its package.json. */
import { readFileSync } from 'node:fs';

/** One folder above src/ and above dist/. */
const packageJson: unknown = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

export const RELEASE =
  typeof packageJson === 'object' && packageJson !== null && 'version' in packageJson
    ? String(packageJson.version)
    : '0';
