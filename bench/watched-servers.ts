/**
 * Servers of one bundle in one process, which differ in what watches them: the same memory and the same compiled code
 * answer for all. One at a time is in use; what watches the whole process rests while its server does.
 */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { PerformanceObserver as Observer } from 'node:perf_hooks';
import { openBundle } from '../src/recommend/bundle.ts';
import type { RankingWatch } from '../src/recommend/ranker.ts';
import { type AppWatch, buildApp } from '../src/server/app.ts';
import { CurrentBundle } from '../src/server/state/current-bundle.ts';
import { Metrics } from '../src/server/watch/metrics.ts';
import { serveMetrics } from '../src/server/watch/metrics-server.ts';
import { openLog } from '../src/watch/log.ts';

export const VARIANTS = ['nothing', 'nothing again', 'log', 'metrics', 'log and metrics'] as const;
export type VariantName = (typeof VARIANTS)[number];

/** What the process sends once. */
export interface Listening {
  readonly ports: Readonly<Record<VariantName, number>>;
  readonly metricsPorts: Readonly<Partial<Record<VariantName, number>>>;
}

/** Ends with its parent. Messages to it are the names of variants, each answered by its name when it is in use. */
export async function serveVariants(home: string): Promise<void> {
  const monitors = pausedMonitors();
  let watchLists: RankingWatch | null = null;
  const bundle = await openBundle(home, undefined, {
    watchLists:
      () =>
      (...list) =>
        watchLists?.(...list),
  });
  const bundles = new CurrentBundle();
  bundles.replace(bundle);
  const ports: Partial<Record<VariantName, number>> = {};
  const metricsPorts: Partial<Record<VariantName, number>> = {};
  const begins = new Map<VariantName, () => void>();
  for (const name of VARIANTS) {
    const log = name.includes('log') ? openLog({ format: 'json', level: 'info' }) : null;
    const own = monitors.collect();
    const metrics = name.includes('metrics') ? await Metrics.open({ bundles }) : null;
    const watch: AppWatch = { log, metrics };
    const app = await buildApp({ bundles, page: null, watch, report: () => {} });
    await app.listen({ host: '127.0.0.1', port: 0 });
    ports[name] = (app.server.address() as AddressInfo).port;
    if (metrics) metricsPorts[name] = (await serveMetrics(metrics, '127.0.0.1', 0)).port;
    const watchOwn = metrics?.lists.watch(bundle) ?? null;
    begins.set(name, () => {
      watchLists = watchOwn;
      monitors.runOnly(own);
    });
  }
  process.on('disconnect', () => process.exit());
  process.on('message', (name: VariantName) => {
    begins.get(name)?.();
    process.send?.(name);
  });
  process.send?.({ ports, metricsPorts });
}

interface Monitor {
  run(): void;
  rest(): void;
}

/** Observers of garbage collection and of the event loop, which no library lets go of, are caught where they are made. */
function pausedMonitors() {
  const hooks = createRequire(import.meta.url)('node:perf_hooks');
  const all: Monitor[][] = [];
  const { observe } = hooks.PerformanceObserver.prototype as Observer;
  hooks.PerformanceObserver.prototype.observe = function (this: Observer, options: never) {
    const run = () => observe.call(this, options);
    run();
    all.at(-1)?.push({ run, rest: () => this.disconnect() });
  };
  const { monitorEventLoopDelay } = hooks;
  hooks.monitorEventLoopDelay = (options: unknown) => {
    const delays = monitorEventLoopDelay(options);
    all.at(-1)?.push({ run: () => delays.enable(), rest: () => delays.disable() });
    return delays;
  };
  syncBuiltinESMExports();
  return {
    /** @returns those that are made from now on */
    collect(): readonly Monitor[] {
      const own: Monitor[] = [];
      all.push(own);
      return own;
    },
    runOnly(own: readonly Monitor[]): void {
      for (const one of all.flat()) one.rest();
      for (const one of own) one.run();
    },
  };
}
