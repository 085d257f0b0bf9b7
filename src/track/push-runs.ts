/** Sends what a tracking server has not received of the runs in a home. */
import { join } from 'node:path';
import type { TrackAccess } from '../config/config.ts';
import type { TrackOptions } from '../config/track-options.ts';
import { InterruptedError, OsusumeError, UsageError } from '../error.ts';
import type { Progress } from '../progress.ts';
import { EventLog } from './event-log.ts';
import { Outbox, type OutboxOptions } from './outbox.ts';
import { listRuns, readRunRecord, runsFolder } from './run-record.ts';
import { openTrackingServer } from './tracker.ts';

export interface PushOptions {
  readonly home: string;
  /** the only run to send; default: all */
  readonly id?: string;
  readonly track: TrackOptions;
  readonly access: TrackAccess;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  /** how it retries */
  readonly outbox?: OutboxOptions;
}

/**
 * @returns the server, and how many events of which run it has received
 * @throws OsusumeError when something could not be sent, after all runs were tried
 */
export async function pushRuns(
  options: PushOptions,
): Promise<{ to: string; sent: Record<string, number> }> {
  const { home, id, track, access, progress, signal } = options;
  const server = openTrackingServer(track, access);
  if (!server)
    throw new UsageError('Where to? Set track.to in the configuration to "comet" or "mlflow"');
  const records = id === undefined ? await listRuns(home) : [await readRunRecord(home, id)];
  const sent: Record<string, number> = {};
  const problems: string[] = [];
  progress.step(`sending to ${server.name}`, records.length, 'runs');
  for (const [done, record] of records.entries()) {
    if (signal?.aborted) throw new InterruptedError('Interrupted while sending runs');
    const log = new EventLog(join(runsFolder(home), record.id));
    const outbox = new Outbox(log, server, { attempts: 3, ...options.outbox });
    const before = outbox.unsent;
    await outbox.settled();
    if (before > outbox.unsent) sent[record.id] = before - outbox.unsent;
    if (outbox.unsent > 0)
      problems.push(`${record.id}: ${outbox.unsent} events left (${outbox.problem?.message})`);
    progress.update(done + 1);
  }
  progress.end();
  if (problems.length > 0)
    throw new OsusumeError(
      `Not everything could be sent to ${server.name}:\n${problems.join('\n')}\nTry again with "osusume runs push"`,
    );
  return { to: server.name, sent };
}
