/** How the process is: memory, and how late its event loop runs. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ProcessState } from '../../api/admin.ts';

/** ms between two looks at the event loop */
const LOOK = 20;

export class ProcessHealth {
  readonly #delay = monitorEventLoopDelay({ resolution: LOOK });
  readonly #clock: () => Date;
  readonly #startedAt: Date;

  constructor(clock: () => Date) {
    this.#clock = clock;
    this.#startedAt = clock();
    this.#delay.enable();
  }

  state(): ProcessState {
    const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
    const delay = this.#delay;
    return {
      startedAt: this.#startedAt.toISOString(),
      uptime: (this.#clock().getTime() - this.#startedAt.getTime()) / 1000,
      node: process.version,
      memory: { resident: rss, heapUsed, heapTotal, external },
      eventLoopDelay: {
        p50: late(delay.percentile(50)),
        p99: late(delay.percentile(99)),
        longest: late(delay.max),
      },
    };
  }

  stop(): void {
    this.#delay.disable();
  }
}

/** What is measured, in ns, is the time from one look to the next, the pause between them included. */
function late(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e6 - LOOK);
}
