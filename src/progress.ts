/** Progress of long work: the current step, its rate, the share done and the time left. */

/** What a stage reports to: `terminalProgress` on the command line, `NO_PROGRESS` elsewhere. */
export interface Progress {
  /** Begins a step and ends the one before; `total` in `unit`s, if known. */
  step(label: string, total?: number, unit?: string): void;
  /** So many units of the current step are done in total. Cheap, may be called often. */
  update(done: number): void;
  /** A line worth keeping, e.g. a result. */
  note(text: string): void;
  /** Ends the current step. */
  end(): void;
  /** A stage begins, within another or by itself. @returns ends it, with the error if it failed */
  stage?(name: string): (error?: unknown) => void;
}

export const NO_PROGRESS: Progress = { step() {}, update() {}, note() {}, end() {} };
