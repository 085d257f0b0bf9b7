/** Requests by route since the start: how many, how they ended, how long they took. */
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { RouteCount } from '../../api/admin.ts';
import type { App } from '../http/fastify.ts';

/** µs: two digits of a time are kept, up to an hour. */
const TIMES = { lowest: 1, highest: 3_600_000_000, figures: 2 };

interface Tally {
  readonly method: string;
  readonly route: string;
  refused: number;
  failed: number;
  /** made at the first request */
  times: RecordableHistogram | null;
}

/** Each route that is registered from now on counts for itself: no request is looked up. */
export class RequestCounts {
  readonly #tallies: Tally[] = [];

  constructor(app: Pick<App, 'addHook'>) {
    app.addHook('onRoute', (route) => {
      const methods = [route.method].flat();
      const method = methods.filter((name) => name !== 'HEAD').join(' ') || 'HEAD';
      // Two colons stand for one, where it begins no parameter.
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

  /** Routes that were asked, the most asked first. */
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
