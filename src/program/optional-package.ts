/**
 * Packages that only the stages before serving use. An installation that serves leaves them out (npm install
 * --omit=optional), so no module that serving loads imports them: a stage asks for what it needs when it begins.
 */
import { createRequire } from 'node:module';
import { OsusumeError } from '../error.ts';
import { OPTIONAL_VERSIONS } from './release.ts';

/** Reads and reshapes rows. */
export const ROWS = ['@duckdb/node-api'] as const;
/** Draws the charts of reports. */
export const CHARTS = ['@observablehq/plot', 'linkedom'] as const;
/** Multiplies large matrices; without it WebAssembly does, more slowly. */
export const PRODUCTS = 'onnxruntime-node';

export class MissingPackageError extends OsusumeError {
  override readonly name = 'MissingPackageError';
}

/**
 * Imports packages before a stage does anything, so that it does not fail halfway.
 * @param stage as its command is called
 * @throws MissingPackageError that says what to install
 */
export async function requirePackages(
  stage: string,
  names: readonly string[],
  load: (name: string) => Promise<unknown> = (name) => import(name),
): Promise<void> {
  const missing: string[] = [];
  for (const name of names) {
    try {
      await load(name);
    } catch (error) {
      if (!isAbsent(error))
        throw new OsusumeError(`${stage} needs ${name}, which cannot be loaded: ${error}`);
      missing.push(name);
    }
  }
  if (missing.length === 0) return;
  throw new MissingPackageError(
    `${stage} needs ${missing.join(' and ')}, which this installation leaves out. ${remedy(missing)}`,
  );
}

export function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** No script of theirs has to run, and one of them would fetch what it does not need here. */
export function installCommand(names: readonly string[]): string {
  const wanted = names.map((name) => `${name}@${(OPTIONAL_VERSIONS[name] ?? '').replace('^', '')}`);
  return `npm install --ignore-scripts ${wanted.join(' ')}`;
}

function remedy(names: readonly string[]): string {
  return `Install osusume without --omit=optional, or add what is missing: ${installCommand(names)}. Of the container images, osusume-serve only serves; osusume-train and osusume have every stage`;
}

/** Also when a package is there and the one with its binaries for this platform is not. */
function isAbsent(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}
