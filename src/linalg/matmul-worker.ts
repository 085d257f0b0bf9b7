/** A worker thread of Matmul: one task at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import { OsusumeError } from '../error.ts';
import { DiagonalBlocks } from './diagonal-block.ts';
import { extentOf, type Jobs, type Operand, type Product } from './matmul.ts';
import { openOnnxProducts } from './onnx-products.ts';
import { FORMS, type LocalMatrix, type ProductEngine } from './product-engine.ts';
import { WasmProducts } from './wasm-products.ts';

type Side = 'a' | 'b' | 'out';

class TaskRunner {
  readonly #blocks = new DiagonalBlocks();
  readonly #engine = openProductEngine(workerData === 'wasm');
  /** Unshared copies of the operands and the output; they grow to the largest product. */
  readonly #local: Record<Side, Float32Array> = {
    a: new Float32Array(0),
    b: new Float32Array(0),
    out: new Float32Array(0),
  };
  /** What the copies of the operands are. */
  readonly #kept: { a?: string; b?: string } = {};

  async run({ jobs, next }: Jobs): Promise<void> {
    for (;;) {
      const job = Atomics.add(next, 0, 1);
      if (job >= jobs.length) return;
      for (const task of jobs[job]) {
        if (task.kind === 'factor') this.#blocks.invertCholesky(task.block, task.item);
        else await this.#multiply(task);
      }
    }
  }

  async #multiply({ kind, a, b, out }: Product): Promise<void> {
    const { rows, columns, data } = out;
    const y = { data: this.#room('out', data.length), rows, columns };
    if (FORMS[kind].add) y.data.set(data);
    const engine = await this.#engine;
    await engine.multiply(kind, this.#matrix('a', a), this.#matrix('b', b), y);
    data.set(y.data);
  }

  #matrix(side: 'a' | 'b', operand: Operand): LocalMatrix {
    const { rows, columns } = extentOf(operand);
    const { keep, fromRow = 0 } = operand;
    if (keep === undefined || keep !== this.#kept[side]) this.#gather(side, operand);
    this.#kept[side] = keep;
    const data = this.#local[side].subarray(fromRow * columns, (fromRow + rows) * columns);
    return { data, rows, columns };
  }

  /** All rows of the parts, side by side. */
  #gather(side: 'a' | 'b', { parts }: Operand): void {
    const { rows } = parts[0];
    const { columns } = extentOf({ parts });
    const copy = this.#room(side, rows * columns);
    let left = 0;
    for (const { data, columns: width } of parts) {
      if (width === columns) copy.set(data);
      else {
        for (let r = 0; r < rows; r++)
          copy.set(data.subarray(r * width, (r + 1) * width), r * columns + left);
      }
      left += width;
    }
  }

  #room(side: Side, length: number): Float32Array {
    if (this.#local[side].length < length)
      this.#local[side] = new Float32Array(Math.ceil(1.25 * length));
    return this.#local[side].subarray(0, length);
  }
}

/** Not every platform has binaries of ONNX Runtime, and npm leaves it out when its install script fails. */
async function openProductEngine(onlyWasm: boolean): Promise<ProductEngine> {
  if (onlyWasm) return new WasmProducts();
  return openOnnxProducts().catch(() => new WasmProducts());
}

const runner = new TaskRunner();

parentPort?.on('message', async (jobs: Jobs) => {
  try {
    await runner.run(jobs);
    parentPort?.postMessage(null);
  } catch (error) {
    parentPort?.postMessage(
      error instanceof OsusumeError ? error.message : `A matrix product failed: ${error}`,
    );
  }
});
