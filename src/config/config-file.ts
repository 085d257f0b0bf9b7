/** Configuration files, and how one is merged over another. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../error.ts';
import { packageFile } from '../program/built-file.ts';
import { isObject } from './parse-options.ts';

const CONFIGS = fileURLToPath(packageFile('configs'));

export function readConfigFile(name: string): { value: unknown; path: string } {
  const path = /[/\\.]/.test(name) ? resolve(name) : join(CONFIGS, `${name}.json`);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(
      `Cannot read the configuration ${path}: give --config a file, or a name from ${CONFIGS}`,
    );
  }
  try {
    return { value: JSON.parse(text), path };
  } catch (error) {
    throw new UsageError(
      `The configuration ${path} is not valid JSON: ${(error as Error).message}`,
    );
  }
}

/** `over` on top of `base`: objects are merged key by key, undefined is skipped. */
export function merge(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isObject(base) || !isObject(over)) return over;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    merged[key] = isObject(value) ? merge(merged[key] ?? {}, value) : value;
  }
  return merged;
}
