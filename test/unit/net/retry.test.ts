import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HttpError, retryAfterMs, statusError } from '../../../src/net/http-error.ts';
import { pauseAfter, type RetryOptions, retry } from '../../../src/net/retry.ts';

const unreachable = () => new HttpError('unreachable', 'The site cannot be reached');

/** Fails with each of the errors in turn, then succeeds. */
async function run(errors: readonly Error[], options: Partial<RetryOptions> = {}) {
  const pauses: number[] = [];
  let attempts = 0;
  const attempt = async () => {
    const error = errors[attempts++];
    if (error) throw error;
    return 'done';
  };
  const result = await retry(attempt, {
    attempts: 4,
    firstPauseMs: 100,
    random: () => 0.5,
    sleep: async (pause) => void pauses.push(pause),
    ...options,
  }).catch((error: Error) => error);
  return { result, pauses, attempts };
}

describe('retry()', () => {
  it('does not pause before a first success', async () => {
    expect(await run([])).toEqual({ result: 'done', pauses: [], attempts: 1 });
  });

  it('pauses twice as long each time, up to the longest pause', async () => {
    const errors = Array.from({ length: 5 }, unreachable);
    const { result, pauses } = await run(errors, { attempts: 9, longestPauseMs: 500 });
    expect([result, pauses]).toEqual(['done', [100, 200, 400, 500, 500]]);
  });

  it('throws the last error when all attempts have failed', async () => {
    const errors = Array.from({ length: 4 }, unreachable);
    expect(await run(errors)).toEqual({ result: errors[3], pauses: [100, 200, 400], attempts: 4 });
  });

  it('does not repeat what will fail again, or what is not a failure of the network', async () => {
    for (const error of [
      new HttpError('refused', 'The site answered 401'),
      new HttpError('absent', 'The site answered 404'),
      new HttpError('unusable', 'The site sent more than 5 bytes'),
      new TypeError('a bug'),
    ])
      expect(await run([error])).toMatchObject({ result: error, attempts: 1 });
  });

  it('takes another definition of temporary errors', async () => {
    const { result } = await run([new TypeError('locked')], { isTemporary: () => true });
    expect(result).toBe('done');
  });

  it('pauses as long as the server asks, up to the longest pause', async () => {
    const busy = (ms: number) => new HttpError('busy', 'Busy', { status: 429, retryAfterMs: ms });
    const errors = [busy(7000), busy(90_000), unreachable()];
    const { pauses } = await run(errors, { longestPauseMs: 60_000 });
    expect(pauses).toEqual([7000, 60_000, 400]);
  });

  it('gives up instead of pausing beyond the deadline', async () => {
    const errors = Array.from({ length: 4 }, unreachable);
    const { result, pauses } = await run(errors, { now: () => 1000, deadline: 1250 });
    expect([result, pauses]).toEqual([errors[2], [100, 200]]);
  });

  it('counts failures from one again after progress', async () => {
    const reached = [0, 0, 5, 5, 5, 5];
    const errors = Array.from({ length: 6 }, unreachable);
    const { pauses, attempts } = await run(errors, { progress: () => reached.shift() ?? 5 });
    expect(pauses).toEqual([100, 100, 200, 400]);
    expect(attempts).toBe(5);
  });

  it('tells each failure and the pause after it', async () => {
    const told: unknown[] = [];
    const errors = [unreachable(), unreachable()];
    await run(errors, { onRetry: (error, pause) => told.push([error, pause]) });
    expect(told).toEqual([
      [errors[0], 100],
      [errors[1], 200],
    ]);
  });

  it('does not try again once it is aborted', async () => {
    const { attempts } = await run([unreachable()], { signal: AbortSignal.abort() });
    expect(attempts).toBe(1);
  });
});

describe('pauseAfter()', () => {
  it('spreads pauses by a quarter both ways, and never exceeds the longest', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, random) => {
          const options = { firstPauseMs: 100, longestPauseMs: 60_000, random: () => random };
          const pause = pauseAfter(n, options);
          const middle = 100 * 2 ** (n - 1);
          expect(pause).toBeGreaterThanOrEqual(Math.min(60_000, 0.75 * middle));
          expect(pause).toBeLessThanOrEqual(Math.min(60_000, 1.25 * middle));
        },
      ),
    );
  });
});

describe('retryAfterMs()', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    ['7', 7000],
    [' 1.5 ', 1500],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Thursday, 01-Jan-26 00:01:00 GMT', 60_000],
    ['Thu, 01 Jan 2025 00:00:00 GMT', null],
    ['0', null],
    ['-5', null],
    ['', null],
    ['soon', null],
  ])('of "%s" is %s', (value, expected) => {
    expect(retryAfterMs(new Headers({ 'retry-after': value }), now)).toBe(expected);
  });

  it('is null without the header', () => {
    expect(retryAfterMs(new Headers(), now)).toBeNull();
  });
});

describe('statusError()', () => {
  it.each([
    [200, null, false],
    [302, null, false],
    [400, 'refused', false],
    [401, 'refused', false],
    [404, 'absent', false],
    [408, 'busy', true],
    [410, 'absent', false],
    [425, 'busy', true],
    [429, 'busy', true],
    [500, 'failing', true],
    [501, 'refused', false],
    [503, 'failing', true],
    [505, 'refused', false],
    [522, 'failing', true],
  ])('of %s is %s', (status, failure, isTemporary) => {
    const headers = new Headers({ 'retry-after': '3' });
    const error = statusError('The site', { status, headers }, 0);
    expect(error?.failure ?? null).toBe(failure);
    expect(error?.isTemporary ?? false).toBe(isTemporary);
    if (error) expect(error).toMatchObject({ status, retryAfterMs: 3000 });
    if (error) expect(error.message).toBe(`The site answered ${status}`);
  });
});
