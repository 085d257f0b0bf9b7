/** Progress of long work: what is being done, its rate, the share done and the time left. */

/** What a stage reports to. `NO_PROGRESS` in tests and libraries, `terminalProgress` on the command line. */
export interface Progress {
  /** A step has begun; `total` in `unit`s when it is known. Ends the step before it. */
  step(label: string, total?: number, unit?: string): void;
  /** `done` units of the current step, in all, are finished. Cheap: may be called often. */
  update(done: number): void;
  /** A line worth keeping, e.g. a result. */
  note(text: string): void;
  /** The current step has ended. */
  end(): void;
}

export const NO_PROGRESS: Progress = { step() {}, update() {}, note() {}, end() {} };
