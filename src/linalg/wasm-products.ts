/**
 * Matrix products in WebAssembly: the operands are packed into strips, a slice of the inner extent after the other, so
 * that the kernel reads memory in order and a strip stays in the cache.
 */
import type { ProductKind } from './matmul.ts';
import { FORMS, type LocalMatrix, type ProductEngine } from './product-engine.ts';
import { Arena } from './wasm/arena.ts';
import { instantiateKernels } from './wasm/instance.ts';

/** Inner indices at a time: a strip of B is then 8 KiB. */
const DEPTH = 256;
/** Rows of a strip of A, columns of a strip of B. */
const A_LANES = 4;
const B_LANES = 8;

export class WasmProducts implements ProductEngine {
  #space = spaceFor(A_LANES, B_LANES);

  async multiply(kind: ProductKind, a: LocalMatrix, b: LocalMatrix, out: LocalMatrix) {
    const { sign, add, transposeA, transposeB } = FORMS[kind];
    const aStrips = Math.ceil(out.rows / A_LANES);
    const bStrips = Math.ceil(out.columns / B_LANES);
    const { kernels, left, right, sums } = this.#spaceOf(aStrips * A_LANES, bStrips * B_LANES);
    sums.data.fill(0, 0, aStrips * A_LANES * bStrips * B_LANES);
    const inner = transposeA ? a.rows : a.columns;
    for (let from = 0; from < inner; from += DEPTH) {
      const depth = Math.min(DEPTH, inner - from);
      pack(left.data, A_LANES, lines(a, !transposeA), from, depth);
      pack(right.data, B_LANES, lines(b, transposeB), from, depth);
      kernels.multiplyStrips(left.at, right.at, sums.at, aStrips, bStrips, depth);
    }
    for (let r = 0; r < out.rows; r++)
      for (let c = 0; c < out.columns; c++) {
        const at = r * out.columns + c;
        const before = add ? out.data[at] : 0;
        out.data[at] = before + sign * sums.data[r * bStrips * B_LANES + c];
      }
  }

  /** It grows with the products. */
  #spaceOf(rows: number, columns: number): Space {
    const { rows: knownRows, columns: knownColumns } = this.#space;
    if (rows > knownRows || columns > knownColumns)
      this.#space = spaceFor(Math.max(rows, knownRows), Math.max(columns, knownColumns));
    return this.#space;
  }
}

type Space = ReturnType<typeof spaceFor>;

function spaceFor(rows: number, columns: number) {
  const arena = new Arena();
  const counts = { left: rows * DEPTH, right: columns * DEPTH, sums: rows * columns };
  const at = arena.allocateAll({
    left: 4 * counts.left,
    right: 4 * counts.right,
    sums: 4 * counts.sums,
  });
  const { kernels, memory } = instantiateKernels(arena.bytes);
  const view = (name: keyof typeof counts) => ({
    at: at[name],
    data: new Float32Array(memory.buffer, at[name], counts[name]),
  });
  return { rows, columns, kernels, left: view('left'), right: view('right'), sums: view('sums') };
}

/** Rows of A or columns of B, whichever way they are stored. */
interface Lines {
  readonly data: Float32Array;
  readonly count: number;
  /** floats from a line to the next, and from an inner index to the next */
  readonly lineStep: number;
  readonly innerStep: number;
}

function lines({ data, rows, columns }: LocalMatrix, areRows: boolean): Lines {
  return areRows
    ? { data, count: rows, lineStep: columns, innerStep: 1 }
    : { data, count: columns, lineStep: 1, innerStep: columns };
}

/** Strip by strip, of each inner index the values of its lines; those beyond the last line are 0. */
function pack(out: Float32Array, lanes: number, from: Lines, first: number, depth: number): void {
  const { data, count, lineStep, innerStep } = from;
  let at = 0;
  for (let line = 0; line < count; line += lanes)
    for (let k = first; k < first + depth; k++)
      for (let lane = line; lane < line + lanes; lane++)
        out[at++] = lane < count ? data[lane * lineStep + k * innerStep] : 0;
}
