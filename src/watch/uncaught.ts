/** An error that nobody caught ends the process, as Node does by itself; before that it is logged and reported. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorReports } from './error-reports.ts';
import type { Log } from './log.ts';
import { withoutInputs } from './without-inputs.ts';

export interface UncaughtOptions {
  readonly log: Log;
  readonly errors: ErrorReports | null;
  /** ms that the report and the log may take; default 5,000 */
  readonly waitMs?: number;
  readonly exit?: (code: number) => void;
}

/**
 * Also of rejected promises that nobody handles: Node hands them on as uncaught exceptions.
 * @returns leaves such errors to Node again
 */
export function endWhenUncaught(options: UncaughtOptions): () => void {
  let isEnding = false;
  const end = (error: unknown) => {
    // What fails on the way out would end the process before the first report has been sent.
    if (isEnding) return;
    isEnding = true;
    void reportAndExit(error, options);
  };
  process.on('uncaughtException', end);
  return () => void process.off('uncaughtException', end);
}

async function reportAndExit(
  error: unknown,
  { log, errors, waitMs = 5000, exit = (code) => process.exit(code) }: UncaughtOptions,
): Promise<void> {
  try {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.error(`Ended by an error that nobody caught: ${withoutInputs(text)}`);
    errors?.report(error, { what: 'uncaught' });
    await Promise.race([Promise.all([errors?.close(), log.close()]), sleep(waitMs)]);
  } finally {
    exit(1);
  }
}
