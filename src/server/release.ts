/** The version of this program, as its package says. */
import { readFileSync } from 'node:fs';

/** package.json is two folders up, from src/server as from dist/server. */
const about: unknown = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

export const RELEASE =
  typeof about === 'object' && about !== null && 'version' in about ? String(about.version) : '0';
