/** Writes the figures of a stage where --summary says. */
import type { Summary } from '../../report/summary.ts';
import type { StageFlags } from '../command.ts';

type Summaries = typeof import('../../report/stage-summaries.ts');

/** Does nothing, and loads nothing, without --summary. */
export async function summarize(
  { summary }: Pick<StageFlags, 'summary'>,
  of: (summaries: Summaries) => Summary | Promise<Summary>,
): Promise<void> {
  if (summary === undefined) return;
  const { writeSummary } = await import('../../report/summary.ts');
  await writeSummary(summary, await of(await import('../../report/stage-summaries.ts')));
}
