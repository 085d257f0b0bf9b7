import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { describeError, exitCodeOf, InterruptedError, UsageError } from '../../src/error.ts';

const systemError = (code: string) => Object.assign(new Error(`${code}: it went wrong`), { code });

describe('describeError()', () => {
  it('shows what was foreseen as it is, and the stack of nothing unless asked', () => {
    const foreseen = new UsageError('--rows is "many"');
    expect(describeError(foreseen)).toBe('--rows is "many"');
    expect(describeError(new TypeError('x is undefined'))).toMatch(/^Unexpected: x is undefined\./);
    expect(describeError(new TypeError('x is undefined'), true)).toMatch(/\n +at /);
    expect(describeError('text')).toBe('text');
  });

  it.each([
    ['ENOSPC', /disk is full/],
    ['EACCES', /who owns the folder/],
    ['EADDRINUSE', /another with --port/],
    ['ENOENT', /check the path/],
    ['EISDIR', /path of a file/],
  ])('says what to do about %s', (code, remedy) => {
    const shown = describeError(systemError(code));
    expect(shown).toMatch(remedy);
    expect(shown).not.toMatch(/Unexpected/);
  });

  it('names the file that is not there', async () => {
    const error = await readFile('/no/such/file').catch((problem: unknown) => problem);
    expect(describeError(error)).toMatch(/\/no\/such\/file.*check the path/);
  });
});

describe('exitCodeOf()', () => {
  it('is 2 for wrong use, 130 after Ctrl-C, else 1', () => {
    const errors = [new UsageError(''), new InterruptedError(''), new TypeError(''), 'text'];
    expect(errors.map(exitCodeOf)).toEqual([2, 130, 1, 1]);
  });
});
