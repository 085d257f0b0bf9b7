/** The health of the process: memory, and the delay of its event loop. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ProcessState } from '../../api/admin.ts';

/** ms between two samples of the event loop */
const RESOLUTION = 20;

export class ProcessHealth {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION });
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

/** @param nanoseconds from one sample to the next, which includes the pause between them */
function late(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e6 - RESOLUTION);
}
