/** The events of a run, as JSON lines in its folder: written at once, so that none is lost when the process dies. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type RunStatus = 'running' | 'finished' | 'failed' | 'interrupted';

/** What the models were fitted on. */
export interface DatasetFacts {
  /** of the source, e.g. "mal-2020" */
  readonly name: string;
  readonly fingerprint: string;
  readonly people: number;
  readonly titles: number;
  readonly interactions: number;
}

/** What did the work. Neither the machine's name nor its user's. */
export interface CodeFacts {
  readonly release: string;
  /** of the source code, with "+changes" when files differ from it; null = unknown */
  readonly commit: string | null;
  readonly node: string;
  /** e.g. "linux" */
  readonly system: string;
  readonly systemRelease: string;
  /** e.g. "x64" */
  readonly architecture: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
}

/** A line in a chart, e.g. recall against the length of the list. */
export interface Curve {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** One file of a model, which is a group of files under one name. */
export interface ModelFile {
  /** of the model, e.g. "trained" */
  readonly model: string;
  /** its name within the model */
  readonly file: string;
  /** where it lies, from the run's folder */
  readonly path: string;
}

/** Titles as points: tab-separated files in the run's folder, in the layout of the TensorBoard projector. */
export interface EmbeddingFiles {
  /** of the model, e.g. "ials" */
  readonly name: string;
  /** titles × dimensions */
  readonly shape: readonly [titles: number, dimensions: number];
  /** a row of numbers for each title */
  readonly vectors: string;
  /** a heading, and a row for each title */
  readonly labels: string;
}

/** A bundle that was published from the run's models. Its files come before it, as those of the model `model`. */
export interface PublishedBundle {
  readonly version: string;
  readonly model: string;
  readonly metrics: Readonly<Record<string, number>>;
}

export type RunFact =
  | { readonly parameters: Readonly<Record<string, string>> }
  | { readonly metrics: Readonly<Record<string, number>>; readonly step?: number }
  | { readonly tags: Readonly<Record<string, string>> }
  | { readonly dataset: DatasetFacts }
  | { readonly code: CodeFacts }
  | { readonly curve: Curve }
  /** Markdown */
  | { readonly description: string }
  /** name of a file in the run's folder */
  | { readonly artefact: string }
  | { readonly modelFile: ModelFile }
  | { readonly embedding: EmbeddingFiles }
  | { readonly bundle: PublishedBundle }
  | { readonly finish: Exclude<RunStatus, 'running'> };

/** One line of events.jsonl; `at` = milliseconds since 1970. */
export type RunEvent = { readonly at: number } & RunFact;

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
