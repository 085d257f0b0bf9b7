/** Worker threads that run the kernels on one shared memory. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { InterruptedError, OsusumeError } from '../../error.ts';
import { builtFile } from '../../program/built-file.ts';
import type { Arena } from './arena.ts';
import { MOST_PHASES, type Phase, STEPS_LENGTH } from './phase-runner.ts';
import { KernelThread } from './thread.ts';
import type { KernelCall } from './worker.ts';

const PAGE = 65_536;
/** WebAssembly with 32-bit pointers addresses 4 GiB. */
const MOST_BYTES = 4 * 1024 ** 3;

export interface PoolOptions {
  /** worker threads; default (also for 0): the machine's cores */
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

export class KernelPool {
  private constructor(
    readonly memory: WebAssembly.Memory,
    private readonly workers: readonly KernelThread[],
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** @param arena all arrays that the kernels will work on, those of each thread among them */
  static async create(
    { bytes }: Arena,
    { threads, signal }: PoolOptions = {},
  ): Promise<KernelPool> {
    if (bytes + PAGE > MOST_BYTES) {
      throw new OsusumeError(
        `These rows need ${gibibytes(bytes)} of kernel memory, the limit is ${gibibytes(MOST_BYTES)}: take fewer rows (osusume ingest --rows)`,
      );
    }
    const pages = Math.ceil((bytes + PAGE) / PAGE);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: PAGE, shared: true });
    const module = await WebAssembly.compile(await readFile(builtFile('linalg/wasm/kernels.wasm')));
    const workers = Array.from(
      { length: threadCount(threads) },
      () => new KernelThread(module, memory),
    );
    return new KernelPool(memory, workers, signal);
  }

  f32(pointer: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, pointer, length);
  }

  u32(pointer: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, pointer, length);
  }

  /**
   * Runs jobs 0…jobs−1, each on the next idle thread. `slot` is the thread's number: memory that belongs to a slot
   * is used by one job at a time, until its `done` has returned.
   * @throws InterruptedError when the signal aborts
   */
  async run(
    jobs: number,
    call: (job: number, slot: number) => KernelCall,
    done: (job: number, slot: number, result: number) => void,
  ): Promise<void> {
    let next = 0;
    const work = async (worker: KernelThread, slot: number) => {
      while (next < jobs) {
        if (this.signal?.aborted) throw new InterruptedError('Interrupted while computing');
        const job = next++;
        done(job, slot, await worker.send(call(job, slot)));
      }
    };
    await Promise.all(this.workers.map(work));
  }

  /**
   * Runs phases one after the other, each on all threads (see phase-runner.ts). A run that is asked for before the one
   * before has ended follows it without a pause.
   * @throws InterruptedError when the signal aborts before it begins
   */
  async runPhases(phases: readonly Phase[]): Promise<void> {
    if (phases.length > MOST_PHASES) throw new RangeError(`KernelPool: ${phases.length} phases`);
    if (this.signal?.aborted) throw new InterruptedError('Interrupted while computing');
    const steps = new Int32Array(new SharedArrayBuffer(4 * STEPS_LENGTH));
    await Promise.all(this.workers.map((worker) => worker.send({ phases, steps })));
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.end()));
  }
}

/** As many as asked for; the machine's cores for none. */
export function threadCount(threads?: number): number {
  return threads || availableParallelism();
}

function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
