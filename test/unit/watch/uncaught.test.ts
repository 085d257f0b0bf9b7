import { expect, it } from 'vitest';
import type { Log } from '../../../src/watch/log.ts';
import { endWhenUncaught } from '../../../src/watch/uncaught.ts';

it('endWhenUncaught() waits no longer than it may for a service that never answers', async () => {
  const lines: string[] = [];
  const log = { error: (line: string) => void lines.push(line), close: async () => {} } as Log;
  const reports: unknown[] = [];
  const never = new Promise<void>(() => {});
  const errors = { report: (error: unknown) => void reports.push(error), close: () => never };
  const before = process.listeners('uncaughtException');
  const ended = new Promise<number>((exit) => {
    const stop = endWhenUncaught({ log, errors, waitMs: 1, exit });
    const [own] = process.listeners('uncaughtException').filter((one) => !before.includes(one));
    const first = new Error('first, sent to somebody@example.org');
    own(first, 'uncaughtException');
    own(new Error('second'), 'uncaughtException');
    stop();
    expect(reports).toEqual([first]);
  });
  expect(await ended).toBe(1);
  expect(lines).toEqual([expect.stringMatching(/^Ended by .*first, sent to …/)]);
  expect(process.listeners('uncaughtException')).toEqual(before);
});
