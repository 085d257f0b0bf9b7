/** How a stage that writes to a home is run. */
import { join } from 'node:path';
import type { Progress } from '../progress.ts';
import { withStageLock } from './home-locks.ts';
import { ARTEFACT_KINDS } from './kinds.ts';
import { mendPointers } from './mend-pointers.ts';
import { tighten } from './modes.ts';

/** What may hold lists of people, or is made from them. */
const PRIVATE = [
  ...ARTEFACT_KINDS,
  ...['runs', 'checkpoints', 'source', 'uploads', 'explanations', 'locks'],
] as const;

/** Only the owner can enter them; their files may be created with other modes, and are tightened at the end. */
const WRITTEN_OPENLY = ['runs', 'checkpoints', 'locks'] as const;

/**
 * Runs a stage alone. First it mends pointers that were lost, and tightens the modes of files that an earlier release
 * wrote.
 * @param name of the command
 * @throws LockedError at once when another process runs a stage; the message names it
 */
export function runStage<T>(
  home: string,
  name: string,
  progress: Pick<Progress, 'note' | 'stage'>,
  work: () => Promise<T>,
): Promise<T> {
  return withStageLock(home, `osusume ${name}`, async () => {
    await mendPointers(home, (line) => progress.note(line));
    for (const folder of PRIVATE) await tighten(join(home, folder));
    try {
      return await asStage(progress, name, work);
    } finally {
      for (const folder of WRITTEN_OPENLY) await tighten(join(home, folder));
    }
  });
}

/** Tells who follows the progress that a stage begins and ends. */
export async function asStage<T>(
  progress: Pick<Progress, 'stage'>,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const end = progress.stage?.(name);
  try {
    const result = await work();
    end?.();
    return result;
  } catch (error) {
    end?.(error);
    throw error;
  }
}
