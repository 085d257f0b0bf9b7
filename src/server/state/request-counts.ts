/** Requests by route since the start: their number, their outcome and their duration. */
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { RouteCount } from '../../api/admin.ts';
import type { App } from '../http/fastify.ts';

/** µs, up to an hour, with two significant digits */
const TIMES = { lowest: 1, highest: 3_600_000_000, figures: 2 };

interface Tally {
  readonly method: string;
  readonly route: string;
  refused: number;
  failed: number;
  /** null = no request yet */
  times: RecordableHistogram | null;
}

/** Each route that is registered after this has a tally of its own, so that no request has to be matched to one. */
export class RequestCounts {
  readonly #tallies: Tally[] = [];

  constructor(app: Pick<App, 'addHook'>) {
    app.addHook('onRoute', (route) => {
      const methods = [route.method].flat();
      const method = methods.filter((name) => name !== 'HEAD').join(' ') || 'HEAD';
      // A colon that does not begin a parameter is written twice.
      const name = route.url.replaceAll('::', ':');
      const tally: Tally = { method, route: name, refused: 0, failed: 0, times: null };
      this.#tallies.push(tally);
      const before = route.onResponse ? [route.onResponse].flat() : [];
      route.onResponse = [
        ...before,
        (_request, reply, done) => {
          count(tally, reply.statusCode, reply.elapsedTime);
          done();
        },
      ];
    });
  }

  /** Routes with requests, the busiest first. */
  byRoute(): RouteCount[] {
    const found: RouteCount[] = [];
    for (const { method, route, refused, failed, times } of this.#tallies) {
      if (times === null) continue;
      const at = (percent: number) => times.percentile(percent) / 1000;
      const spread = { p50: at(50), p95: at(95), p99: at(99), longest: times.max / 1000 };
      found.push({ method, route, requests: times.count, refused, failed, ...spread });
    }
    return found.sort((a, b) => b.requests - a.requests || a.route.localeCompare(b.route));
  }
}

function count(tally: Tally, status: number, milliseconds: number): void {
  tally.times ??= createHistogram(TIMES);
  tally.times.record(Math.min(TIMES.highest, Math.max(1, Math.round(milliseconds * 1000))));
  if (status >= 500) tally.failed++;
  else if (status >= 400) tally.refused++;
}
