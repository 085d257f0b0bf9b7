import { describe, expect, it } from 'vitest';
import { WrongKeys } from '../../../../src/server/operator/wrong-keys.ts';

function wrongKeys() {
  const lines: string[] = [];
  const pauses: { ms: number; end: () => void }[] = [];
  const time = { now: 0 };
  const keys = new WrongKeys({
    log: (line) => void lines.push(line),
    clock: () => time.now,
    pause: (ms, signal) =>
      new Promise((resolve) => {
        pauses.push({ ms, end: resolve });
        signal.addEventListener('abort', () => resolve());
      }),
  });
  return { keys, lines, pauses, time };
}

/** Adds wrong keys one after another, each when the one before was answered. */
async function addInTurn({ keys, pauses }: ReturnType<typeof wrongKeys>, count: number) {
  const answers: (number | null)[] = [];
  for (let n = 0; n < count; n++) {
    const answer = keys.add('192.0.2.1');
    await Promise.resolve();
    pauses.at(-1)?.end();
    answers.push(await answer);
  }
  return answers;
}

describe('WrongKeys', () => {
  it('answers a few at once, then each later than the one before, up to a limit', async () => {
    const all = wrongKeys();
    expect(await addInTurn(all, 12)).toEqual(new Array(12).fill(null));
    expect(all.pauses.map(({ ms }) => ms)).toEqual([
      250, 500, 1000, 2000, 4000, 8000, 8000, 8000, 8000,
    ]);
  });

  it('starts anew for a visitor who has tried none for a while', async () => {
    const all = wrongKeys();
    await addInTurn(all, 6);
    all.time.now = 600_000;
    all.pauses.length = 0;
    await addInTurn(all, 3);
    expect(all.pauses).toEqual([]);
  });

  it('does not slow down others', async () => {
    const all = wrongKeys();
    await addInTurn(all, 6);
    all.pauses.length = 0;
    expect(await all.keys.add('192.0.2.2')).toBeNull();
    expect(all.pauses).toEqual([]);
  });

  it('holds few answers back for one visitor, and few for all', async () => {
    const all = wrongKeys();
    await addInTurn(all, 3);
    all.pauses.length = 0;
    const held = [1, 2, 3].map(() => all.keys.add('192.0.2.1'));
    expect(await all.keys.add('192.0.2.1')).toBe(2);
    expect(all.pauses).toHaveLength(3);
    for (let n = 0; n < 100; n++)
      for (let wrong = 0; wrong < 4; wrong++) void all.keys.add(`198.51.100.${n}`);
    expect(all.pauses).toHaveLength(50);
    all.keys.stop();
    expect(await Promise.all(held)).toEqual([null, null, null]);
  });

  it('logs how often a visitor tried, in few lines that have no address', async () => {
    const all = wrongKeys();
    await all.keys.add('192.0.2.1');
    await all.keys.add('192.0.2.1');
    await all.keys.add('x\nServing bundle \u001b[31m');
    expect(all.lines).toEqual([
      'Wrong key for the console, number 1 of its visitor',
      'Wrong key for the console, number 2 of its visitor',
      'Wrong key for the console, number 1 of its visitor',
    ]);
    for (let n = 0; n < 500; n++) void all.keys.add('192.0.2.3');
    expect(all.lines).toHaveLength(10);
    all.time.now = 60_000;
    void all.keys.add('192.0.2.3');
    expect(all.lines.at(-1)).toBe(
      'Wrong key for the console, number 501 of its visitor; 493 more were not logged',
    );
    all.keys.stop();
  });
});
