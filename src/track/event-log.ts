/** The events of a run, as JSON lines in its folder: written at once, so that none is lost when the process dies. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type RunStatus = 'running' | 'finished' | 'failed' | 'interrupted';

/** One line of events.jsonl; `at` = milliseconds since 1970. */
export type RunEvent = { readonly at: number } & (
  | { readonly parameters: Readonly<Record<string, string>> }
  | { readonly metrics: Readonly<Record<string, number>>; readonly step?: number }
  | { readonly tags: Readonly<Record<string, string>> }
  /** name of a file in the run's folder */
  | { readonly artefact: string }
  | { readonly finish: Exclude<RunStatus, 'running'> }
);

export class EventLog {
  readonly events: RunEvent[];
  readonly #path: string;
  /** ends a line that a crash cut off before the next one is written */
  #separator: string;

  /** Continues the log in the folder, if there is one. */
  constructor(readonly folder: string) {
    this.#path = join(folder, 'events.jsonl');
    const text = readText(this.#path);
    this.events = parseLines(text);
    this.#separator = text === '' || text.endsWith('\n') ? '' : '\n';
  }

  append(event: RunEvent): void {
    appendFileSync(this.#path, `${this.#separator}${JSON.stringify(event)}\n`);
    this.#separator = '';
    this.events.push(event);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** A line that was cut off by a crash is left out. */
function parseLines(text: string): RunEvent[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as RunEvent];
    } catch {
      return [];
    }
  });
}
