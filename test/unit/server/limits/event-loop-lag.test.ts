import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { EventLoopLag } from '../../../../src/server/limits/event-loop-lag.ts';

let lag: EventLoopLag;
afterEach(() => lag.stop());

function block(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe('EventLoopLag', () => {
  it('forgives one pause, however long', async () => {
    lag = new EventLoopLag(500);
    block(1500);
    await sleep(1);
    expect(lag.isLate).toBe(false);
  });

  it('notices pauses that do not end, and their end', async () => {
    lag = new EventLoopLag(20);
    for (let n = 0; n < 20 && !lag.isLate; n++) {
      block(250);
      await sleep(1);
    }
    expect(lag.isLate).toBe(true);
    await expect.poll(() => lag.isLate).toBe(false);
  });
});
