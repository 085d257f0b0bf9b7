/** What a piece of work cost: seconds, and the most memory the process held meanwhile (resident set, in bytes). */

export interface Cost {
  readonly seconds: number;
  readonly peakMemoryBytes: number;
}

const SAMPLE_MS = 50;

/**
 * The peak of the process as a whole is known exactly, but never falls: it is that of `work` when it rose meanwhile.
 * Otherwise memory is looked at every 50 ms.
 */
export async function withCost<T>(work: () => Promise<T>): Promise<{ result: T; cost: Cost }> {
  const before = peakOfProcess();
  let sampled = process.memoryUsage.rss();
  const look = () => {
    sampled = Math.max(sampled, process.memoryUsage.rss());
  };
  const timer = setInterval(look, SAMPLE_MS);
  const started = performance.now();
  try {
    const result = await work();
    const seconds = Math.round(performance.now() - started) / 1000;
    look();
    const after = peakOfProcess();
    return { result, cost: { seconds, peakMemoryBytes: after > before ? after : sampled } };
  } finally {
    clearInterval(timer);
  }
}

function peakOfProcess(): number {
  return process.resourceUsage().maxRSS * 1024;
}
