import { describe, expect, it } from 'vitest';
import { terminalProgress } from '../../../../src/cli/output/terminal-progress.ts';

/** A terminal that keeps what is written, and a clock that the test moves. */
function terminal(isTTY: boolean) {
  let time = 0;
  const written: string[] = [];
  const progress = terminalProgress({
    stream: { isTTY, columns: 100, write: (text) => written.push(text) },
    now: () => time,
  });
  return { progress, written, wait: (ms: number) => (time += ms) };
}

describe('terminalProgress()', () => {
  it('shows the rate, the share done and the time left', () => {
    const { progress, written, wait } = terminal(true);
    progress.step('reading', 1000, 'rows');
    wait(2000);
    progress.update(250);
    expect(written.at(-1)).toMatch(/reading .*25 %.*125 rows\/s.*6 s left/);
  });

  it('prints whole lines, rarely, where the output is a file', () => {
    const { progress, written, wait } = terminal(false);
    progress.step('reading', 1000, 'rows');
    for (let done = 0; done < 1000; done += 10) {
      wait(300);
      progress.update(done);
    }
    progress.end();
    expect(written.length).toBeLessThanOrEqual(4);
    expect(written.join('')).not.toContain('\r');
    expect(written.at(-1)).toMatch(/reading .*30\.0 s/);
  });

  it('a note does not disturb the line that is being rewritten', () => {
    const { progress, written } = terminal(true);
    progress.step('training', 10, 'blocks');
    progress.note('fitted');
    expect(written.some((text) => text.includes('fitted\n'))).toBe(true);
    expect(written.at(-1)).toContain('training');
  });
});
