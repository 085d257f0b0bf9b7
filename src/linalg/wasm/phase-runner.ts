/**
 * Several kernels one after the other on the threads of a pool, in step: a phase is cut into parts, an idle thread takes
 * the next part, and no part of a phase begins before all parts of the phase before have ended. The threads keep step
 * over shared memory alone: a message a thread starts them all, a message each ends them.
 */
import type { Kernels } from './kernels.ts';

export interface Phase {
  readonly kernel: keyof Kernels;
  /** Part n is the call kernel(cuts[n], cuts[n + 1], ...args). */
  readonly cuts: readonly number[];
  readonly args: readonly number[];
}

/** Phases of a run, at most. */
export const MOST_PHASES = 8;
/** Of each phase: parts that were taken, parts that have ended. All 0 when a run begins. */
export const STEPS_LENGTH = 2 * MOST_PHASES;

/** Looks at the other threads' progress this often (some microseconds) before sleeping until they are there. */
const LOOKS = 2_000;

/** What each thread runs. */
export function runPhases(kernels: Kernels, phases: readonly Phase[], steps: Int32Array): void {
  phases.forEach(({ kernel, cuts, args }, n) => {
    const run = kernels[kernel] as (...values: number[]) => unknown;
    const [taken, ended] = [2 * n, 2 * n + 1];
    const parts = cuts.length - 1;
    for (;;) {
      const part = Atomics.add(steps, taken, 1);
      if (part >= parts) break;
      run(cuts[part], cuts[part + 1], ...args);
      if (Atomics.add(steps, ended, 1) + 1 === parts) Atomics.notify(steps, ended);
    }
    awaitParts(steps, ended, parts);
  });
}

function awaitParts(steps: Int32Array, ended: number, parts: number): void {
  for (let looks = 0; ; looks++) {
    const seen = Atomics.load(steps, ended);
    if (seen >= parts) return;
    if (looks > LOOKS) Atomics.wait(steps, ended, seen);
  }
}
