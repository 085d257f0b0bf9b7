import fc from 'fast-check';
import { Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { Durations } from '../../../../src/server/watch/durations.ts';

const ABOUT = {
  name: 'seconds',
  help: 'How long it took',
  labelNames: ['route', 'method'] as const,
  buckets: [0.001, 0.05, 1],
};

const label = fc.oneof(fc.constantFrom('/a', '/a/:id', 'with "quotes"\\\n'), fc.string());
const observation = fc.record({
  labels: fc.record({ route: label, method: fc.constantFrom('GET', 'POST') }),
  seconds: fc.oneof(
    fc.constantFrom(0, 0.001, 0.05, 1),
    fc.double({ min: 0, max: 3, noNaN: true, noDefaultInfinity: true }),
  ),
});

describe('Durations', () => {
  it('writes what prom-client writes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(observation, { minLength: 1 }), async (observations) => {
        const registry = new Registry();
        const theirs = new Histogram({
          ...ABOUT,
          labelNames: [...ABOUT.labelNames],
          buckets: [...ABOUT.buckets],
          registers: [registry],
        });
        const own = new Durations(ABOUT);
        for (const { labels, seconds } of observations) {
          theirs.observe(labels, seconds);
          own.of(labels).observe(seconds);
        }
        const sorted = (text: string) => text.split('\n').filter(Boolean).sort();
        expect(sorted(own.text())).toEqual(sorted(await registry.metrics()));
      }),
    );
  });

  it('writes its name and meaning before anything was observed', () => {
    expect(new Durations(ABOUT).text()).toBe(
      '# HELP seconds How long it took\n# TYPE seconds histogram\n',
    );
  });
});
