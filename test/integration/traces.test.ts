import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBuilt } from '../support/built-command.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
}

let folder: string;
let collector: Receiver;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'osusume-traces-'));
  collector = await startReceiver();
});
afterAll(() => {
  collector.close();
  rmSync(folder, { recursive: true });
});

function spans(): Span[] {
  return collector.received.flatMap(({ body }) => {
    const { resourceSpans } = JSON.parse(body) as {
      resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
    };
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  });
}

describe('traces of a pipeline', () => {
  it('have a span for each stage, and within it one for each of its steps', async () => {
    const sample = join(folder, 'small');
    const home = join(folder, 'home');
    expect(await runBuilt(['sample', sample, '--people', '200', '--quiet']).ended).toBe(0);
    const pipeline = runBuilt(['pipeline', '--source', sample, '--home', home], {
      OSUSUME_TRACE_OTLP: `${collector.url}/v1/traces`,
    });
    expect(await pipeline.ended, pipeline.output()).toBe(0);
    const all = spans();
    const [root] = all.filter(({ parentSpanId }) => !parentSpanId);
    expect(root.name).toBe('pipeline');
    const under = (parent: Span) =>
      all.filter(({ parentSpanId }) => parentSpanId === parent.spanId);
    const stages = under(root);
    expect(stages.map(({ name }) => name)).toEqual([
      'ingest',
      'prepare',
      'train',
      'evaluate',
      'publish',
      'map',
    ]);
    for (const span of all) expect(span.traceId).toBe(root.traceId);
    for (const stage of stages)
      expect(BigInt(stage.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(stage.startTimeUnixNano));
    const train = stages.find(({ name }) => name === 'train') as Span;
    expect(under(train).length).toBeGreaterThan(0);
    // Nothing of the machine is in them.
    expect(JSON.stringify(collector.received)).not.toContain(folder);
  });

  it('say that a stage failed, and a collector that is away changes nothing', async () => {
    const before = collector.received.length;
    const home = join(folder, 'empty');
    const failing = runBuilt(['train', '--home', home], { OSUSUME_TRACE_OTLP: collector.url });
    expect(await failing.ended).toBe(1);
    const away = runBuilt(['train', '--home', home], { OSUSUME_TRACE_OTLP: 'http://127.0.0.1:9' });
    expect(await away.ended).toBe(1);
    expect(away.output()).toContain(failing.output().trim().split('\n').at(-1));
    const failed = collector.received
      .slice(before)
      .flatMap(({ body }) => JSON.parse(body).resourceSpans[0].scopeSpans[0].spans);
    // 2 = error: https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
    expect(failed).toContainEqual(
      expect.objectContaining({ name: 'train', status: expect.objectContaining({ code: 2 }) }),
    );
  });
});
