/** A worker thread as the pool sees it: messages go in, answers come out in the same order. */
import { Worker } from 'node:worker_threads';
import { OsusumeError } from '../../error.ts';
import { builtFile } from '../../program/built-file.ts';
import type { WorkerMessage } from './worker.ts';

interface Waiting {
  resolve(result: number): void;
  reject(error: Error): void;
}

export class KernelThread {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #ended: Error | null = null;

  constructor(module: WebAssembly.Module, memory: WebAssembly.Memory) {
    this.#worker = new Worker(builtFile('linalg/wasm/worker.js'), {
      workerData: { module, memory },
    });
    this.#worker.on('message', (result: number) => this.#waiting.shift()?.resolve(result));
    this.#worker.on('error', (error) => this.fail(error));
    this.#worker.on('exit', () =>
      this.fail(new OsusumeError('A worker thread ended before its work')),
    );
  }

  /** May be called again before the answer: messages are queued. */
  send(message: WorkerMessage): Promise<number> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(message);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  private fail(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
