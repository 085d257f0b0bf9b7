/**
 * A stage's figures as plain files for other programs, such as DVC's metrics and plots: <stage>.json, and a CSV for each
 * table. Times, ids and machine facts stay out, so that the same inputs make the same bytes.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Summary {
  /** e.g. "train" */
  readonly stage: string;
  /** numbers, nested by name; what is not a finite number is left out */
  readonly metrics: object;
  /** by name, e.g. "recall" → train-recall.csv */
  readonly tables?: Readonly<Record<string, Table>>;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** @param folder made when it is missing; what an earlier run wrote there is replaced */
export async function writeSummary(
  folder: string,
  { stage, metrics, tables = {} }: Summary,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const json = JSON.stringify(finite(metrics) ?? {}, null, 2);
  await writeFile(join(folder, `${stage}.json`), `${json}\n`);
  for (const [name, table] of Object.entries(tables))
    await writeFile(join(folder, `${stage}-${name}.csv`), csv(table));
}

/** undefined: nothing in it is a finite number */
function finite(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? rounded(value) : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const kept = Object.entries(value)
    .map(([name, inner]) => [name, finite(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** Six decimals are more than an evaluation can tell apart. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function csv({ columns, rows }: Table): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

function cell(value: string | number): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(rounded(value)) : '';
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
