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
  { note }: Pick<Progress, 'note'>,
  work: () => Promise<T>,
): Promise<T> {
  return withStageLock(home, `osusume ${name}`, async () => {
    await mendPointers(home, note);
    for (const folder of PRIVATE) await tighten(join(home, folder));
    try {
      return await work();
    } finally {
      for (const folder of WRITTEN_OPENLY) await tighten(join(home, folder));
    }
  });
}
