import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AnsweredRequest, openLog } from '../../../src/watch/log.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'osusume-log-'));
  path = join(folder, 'log');
});
afterEach(() => rmSync(folder, { recursive: true }));

const LEVEL = { format: 'json', level: 'info' } as const;
const ANSWERED: AnsweredRequest = {
  id: '5f0c0bd0-9a2f-4f3e-8f0c-3f5a35b0a001',
  method: 'POST',
  route: '/api/recommendations',
  status: 200,
  milliseconds: 1.2345,
  bundle: '20260101T000000-abcdef',
};

function linesOf(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('openLog() for programs', () => {
  it('writes a line of JSON for each event, with severity, time and what is known', async () => {
    const log = openLog({ ...LEVEL, to: path });
    log.request(ANSWERED);
    log.warn('Wrong key', { request: ANSWERED.id });
    log.error('GET /x failed: Error: broken\n    at place (file.js:1:2)');
    await log.close();
    const [request, warning, error] = linesOf(readFileSync(path, 'utf8'));
    expect(request).toEqual({
      severity: 'INFO',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      request: ANSWERED.id,
      method: 'POST',
      route: '/api/recommendations',
      status: 200,
      ms: 1.2,
      bundle: ANSWERED.bundle,
      message: 'POST /api/recommendations 200',
    });
    expect(warning).toMatchObject({ severity: 'WARNING', message: 'Wrong key' });
    expect(error).toMatchObject({
      severity: 'ERROR',
      message: expect.stringContaining('at place'),
    });
  });

  it('writes failures with their severity, and answered probes only with the level debug', async () => {
    const log = openLog({ ...LEVEL, to: path });
    for (const status of [404, 499, 500, 502, 503]) log.request({ ...ANSWERED, status });
    log.request({ ...ANSWERED, method: 'GET', route: '/healthz' });
    log.request({ ...ANSWERED, method: 'GET', route: '/readyz', status: 503 });
    await log.close();
    const lines = linesOf(readFileSync(path, 'utf8'));
    expect(lines.map(({ status, severity }) => `${status} ${severity}`)).toEqual([
      '404 INFO',
      '499 INFO',
      '500 ERROR',
      '502 ERROR',
      '503 WARNING',
      '503 WARNING',
    ]);
    const all = openLog({ format: 'json', level: 'debug', to: path });
    all.request({ ...ANSWERED, method: 'GET', route: '/healthz' });
    await all.close();
    expect(linesOf(readFileSync(path, 'utf8')).at(-1)).toMatchObject({
      severity: 'DEBUG',
      route: '/healthz',
    });
  });

  it('writes requests together, soon after the first', async () => {
    const log = openLog({ ...LEVEL, to: path });
    log.request(ANSWERED);
    log.request(ANSWERED);
    expect(readFileSync(path, { encoding: 'utf8', flag: 'a+' })).toBe('');
    await expect.poll(() => linesOf(readFileSync(path, 'utf8')).length).toBe(2);
    await log.close();
  });

  it('drops lines while what reads them is too slow, says how many, and holds a megabyte at most', async () => {
    execFileSync('mkfifo', [path]);
    const flags = constants.O_RDWR | constants.O_NONBLOCK;
    const pipe = openSync(path, flags);
    const log = openLog({ ...LEVEL, to: pipe });
    const sent = 20_000;
    for (let n = 0; n < sent; n++) log.request(ANSWERED);
    const { dropped } = log;
    expect(dropped).toBeGreaterThan(10_000);
    let text = '';
    const bytes = Buffer.alloc(1 << 16);
    const read = () => {
      try {
        text += bytes.toString('utf8', 0, readSync(pipe, bytes));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      }
      return text;
    };
    await expect.poll(read, { interval: 1 }).toContain('were dropped');
    const lines = linesOf(text.slice(0, text.lastIndexOf('\n')));
    const requests = lines.filter(({ status }) => status === 200);
    expect(requests).toHaveLength(sent - dropped);
    expect(text.length).toBeLessThan(1.2 * (1 << 20));
    expect(lines.find(({ severity }) => severity === 'WARNING')).toMatchObject({ lines: dropped });
    closeSync(pipe);
  });

  it('closes although nobody reads its lines', async () => {
    execFileSync('mkfifo', [path]);
    const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    const log = openLog({ ...LEVEL, to: pipe });
    for (let n = 0; n < 20_000; n++) log.request(ANSWERED);
    await log.close();
    expect(log.dropped).toBeGreaterThan(0);
    // The pipe stays open: the log goes on trying to write to it.
  });
});

describe('openLog() for people', () => {
  it('is chosen on a terminal only, unless the format is named', () => {
    const written: string[] = [];
    const { write } = process.stderr;
    process.stderr.write = ((line: string) => written.push(line) > 0) as typeof write;
    try {
      const log = openLog({ format: null, level: 'info', isTerminal: true, to: path });
      log.info('Serving bundle 1');
      log.warn('40 requests were refused');
      log.request(ANSWERED);
      log.request({ ...ANSWERED, status: 500 });
      const all = openLog({ format: 'text', level: 'debug', to: path });
      all.request(ANSWERED);
    } finally {
      process.stderr.write = write;
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours
    const plain = written.map((line) => line.replace(/\x1b\[\d+m/g, ''));
    expect(plain).toEqual([
      'Serving bundle 1\n',
      '40 requests were refused\n',
      'POST /api/recommendations 500 1.2 ms\n',
      'POST /api/recommendations 200 1.2 ms\n',
    ]);
  });
});
