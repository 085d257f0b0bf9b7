/** Each request as Comet documents it: comet.com/docs/rest-api/write-endpoints. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Comet } from '../../../src/track/comet.ts';
import { EventLog } from '../../../src/track/event-log.ts';
import { trackerOf } from '../../../src/track/tracker.ts';
import {
  type Answer,
  type Asked,
  type UpstreamServer,
  upstreamServer,
} from '../../support/upstream-server.ts';

const KEY = 'a-secret-key';
const at = 1_767_323_045_000;
let folder: string;
let server: UpstreamServer;
let answer: Answer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-run-'));
  answer = ({ path }) =>
    path.endsWith('/create') ? { json: { experimentKey: 'experiment-1' } } : {};
  server = await upstreamServer((asked, count) => answer(asked, count));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function tracker(workspace: string | null = 'team') {
  const base = `${server.url}/api/rest/v2/`;
  const comet = new Comet({ apiKey: KEY, project: 'anime', workspace, base });
  return trackerOf(new EventLog(folder), comet, () => new Date(at), { firstPauseMs: 5 });
}

const short = ({ method, path, query, headers, body }: Asked) => ({
  call: `${method} ${path.replace('/api/rest/v2/write/experiment/', '')}`,
  ...(Object.keys(query).length > 0 ? { query } : {}),
  ...(headers['content-type'] === 'application/json' ? { body: JSON.parse(body) } : {}),
});

describe('Comet', () => {
  it('sends an experiment, its parameters, metrics, tags and files in order', async () => {
    await writeFile(join(folder, 'report.html'), '<p>A report</p>');
    const run = tracker();
    run.tags({ fingerprint: 'abc' });
    run.parameters({ slim: { dropout: 0.15 } });
    run.metrics({ embedding: { training: { loss: 0.5 } } }, 3);
    run.artefact('report.html');
    expect(await run.finish('finished')).toBeNull();
    const experimentKey = 'experiment-1';
    expect(server.asked.map(short)).toEqual([
      {
        call: 'POST create',
        body: {
          workspaceName: 'team',
          projectName: 'anime',
          experimentName: folder.split('/').at(-1),
        },
      },
      { call: 'POST set-start-end-time', body: { experimentKey, startTimeMillis: at } },
      {
        call: 'POST log-other',
        body: { experimentKey, key: 'fingerprint', value: 'abc', timestamp: at },
      },
      {
        call: 'POST parameter',
        body: {
          experimentKey,
          parameterName: 'slim.dropout',
          parameterValue: '0.15',
          timestamp: at,
        },
      },
      {
        call: 'POST metric',
        body: {
          experimentKey,
          metricName: 'embedding.training.loss',
          metricValue: 0.5,
          step: 3,
          epoch: 3,
          timestamp: at,
        },
      },
      { call: 'GET set-status', query: { experimentKey } },
      {
        call: 'POST upload-asset',
        query: { experimentKey, fileName: 'report.html', type: 'asset', overwrite: 'true' },
      },
      {
        call: 'POST html',
        body: { experimentKey, html: '<p>A report</p>', override: true, timestamp: at },
      },
      { call: 'POST tags', body: { experimentKey, addedTags: ['finished'] } },
      { call: 'POST set-start-end-time', body: { experimentKey, endTimeMillis: at } },
    ]);
    const upload = server.asked[6];
    expect(upload.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(upload.body).toMatch(/name="file"; filename="report.html"[\s\S]*<p>A report<\/p>/);
    expect(server.asked.every(({ headers }) => headers.authorization === KEY)).toBe(true);
  });

  it('leaves out the workspace that is not given', async () => {
    const run = tracker(null);
    run.tags({ a: 'b' });
    await run.finish();
    expect(JSON.parse(server.asked[0].body)).not.toHaveProperty('workspaceName');
  });

  it('tries again what the server was too busy for, in order', async () => {
    let busy = 3;
    const ready = answer;
    answer = (asked, count) => (busy-- > 0 ? { status: 429 } : ready(asked, count));
    const run = tracker();
    run.metrics({ first: 1 });
    run.metrics({ second: 2 });
    await expect.poll(() => server.asked.length).toBe(9);
    expect(await run.finish()).toBeNull();
    const metrics = server.asked.filter(({ path }) => path.endsWith('/metric'));
    expect(metrics.map(({ body }) => JSON.parse(body).metricName)).toEqual(['first', 'second']);
  });

  it('says which file was removed before it could be sent, and sends the rest', async () => {
    const run = tracker();
    run.record({ modelFile: { model: 'trained', file: 'slim.safetensors', path: '../gone' } });
    run.metrics({ loss: 1 });
    expect(await run.finish()).toBeNull();
    const calls = server.asked.map(short);
    expect(calls.find(({ call }) => call === 'POST log-other')?.body).toMatchObject({
      key: 'not sent: slim.safetensors',
    });
    expect(calls.some(({ call }) => call === 'POST upload-asset')).toBe(false);
    expect(calls.some(({ call }) => call === 'POST metric')).toBe(true);
  });

  it('gives up at once when it is refused, and tells the key to nobody', async () => {
    answer = () => ({ status: 401, json: { msg: `bad key ${KEY}` } });
    const run = tracker();
    run.metrics({ loss: 1 });
    const note = await run.finish('finished');
    expect(note).toMatch(/2 events .*answered 401.*osusume runs push/);
    expect(server.asked).toHaveLength(1);
    expect(note).not.toContain(KEY);
    for (const file of await readdir(folder))
      expect(await readFile(join(folder, file), 'utf8')).not.toContain(KEY);
  });
});
