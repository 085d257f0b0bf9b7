/** Progress as lines of a log: steps and notes, for a program whose whole output is read by another. */
import type { Progress } from '../progress.ts';
import type { Log } from './log.ts';

/** @param traced also receives what traces follow */
export function loggedProgress(
  log: Pick<Log, 'info'>,
  { stage }: Pick<Progress, 'stage'>,
): Progress {
  return {
    step: (label) => log.info(label),
    update() {},
    note: (text) => log.info(text),
    end() {},
    stage,
  };
}
