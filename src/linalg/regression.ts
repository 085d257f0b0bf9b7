/**
 * Each variable of a symmetric matrix regressed on a few others, on worker threads: of column c with the neighbours N,
 *
 *   w = (A_NN)⁻¹ A_Nc,   rest = A_cc − A_cN·w,   A = S + diag(ridge)
 *
 * With all others as neighbours w is −P_Nc / P_cc and rest 1 / P_cc of P = A⁻¹, so this is the inverse where only part
 * of it is wanted: Σ|N|³/3 multiplications and additions instead of n³/2.
 */
import type { Csr } from '../data/csr.ts';
import { OsusumeError } from '../error.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';
import type { BlockSymmetricMatrix } from './block-symmetric-matrix.ts';
import { Arena } from './wasm/arena.ts';
import { KernelPool, threadCount } from './wasm/pool.ts';

export interface RegressionOptions {
  readonly threads?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/** Floats of a job's systems, about: enough to be worth a message, few enough for the cache. */
const JOB_FLOATS = 1 << 17;

/**
 * @param matrix S, symmetric; only read
 * @param ridge one a variable, added to the diagonal
 * @param neighbours row c = the neighbours of variable c, ascending, never c itself; its values do not matter
 * @returns w in the places of `neighbours`, and each variable's rest
 * @throws OsusumeError when a system is not positive definite
 */
export async function regressOnNeighbours(
  matrix: BlockSymmetricMatrix,
  ridge: Float32Array,
  neighbours: Csr,
  { threads, progress = NO_PROGRESS, signal }: RegressionOptions = {},
): Promise<{ weights: Csr; rest: Float32Array }> {
  const { indptr, indices } = neighbours;
  const jobs = jobsOf(indptr);
  const room = jobs.reduce((most, { floats }) => Math.max(most, floats), 0);
  const longest = jobs.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  const slack = 8 * paddedWidth(longestRow(indptr) + 1); // the kernel reads eight rows at a time
  const arena = new Arena();
  const slots = Array.from({ length: threadCount(threads) }, () =>
    arena.allocateAll({ systems: 4 * (room + slack), sizes: 4 * longest }),
  );
  const pool = await KernelPool.create(arena, { threads, signal });
  const values = new Float32Array(indices.length);
  const rest = new Float32Array(neighbours.rows);
  try {
    progress.step('regressing titles on their neighbours', jobs.length, 'jobs');
    let done = 0;
    await pool.run(
      jobs.length,
      (job, slot) => {
        const { from, to, floats } = jobs[job];
        const { systems, sizes } = slots[slot];
        const out = pool.f32(systems, floats);
        const lengths = pool.u32(sizes, to - from);
        for (let c = from, at = 0; c < to; c++) {
          const variables = [...indices.subarray(indptr[c], indptr[c + 1]), c];
          lengths[c - from] = variables.length;
          gather(matrix, ridge, variables, out.subarray(at));
          at += floatsOf(variables.length);
        }
        return { kernel: 'regressions', args: [systems, sizes, to - from] };
      },
      (job, slot, failed) => {
        const { from, to, floats } = jobs[job];
        if (failed !== 0) throw notPositive(from + failed - 1);
        const solved = pool.f32(slots[slot].systems, floats);
        for (let c = from, at = 0; c < to; c++) {
          const size = indptr[c + 1] - indptr[c];
          const last = at + size * paddedWidth(size + 1);
          values.set(solved.subarray(last, last + size), indptr[c]);
          rest[c] = solved[last + size];
          at += floatsOf(size + 1);
        }
        progress.update(++done);
      },
    );
  } finally {
    await pool.close();
  }
  return { weights: { ...neighbours, values }, rest };
}

/** The lower triangle of A over some variables, of which all but the last ascend. */
function gather(
  matrix: BlockSymmetricMatrix,
  ridge: Float32Array,
  variables: readonly number[],
  out: Float32Array,
): void {
  const width = paddedWidth(variables.length);
  const last = variables.length - 1;
  for (let b = 0; b < last; b++) {
    const c = variables[b];
    const p = Math.floor(c / matrix.width);
    const panel = matrix.panels[p];
    const columns = matrix.columns(p);
    const offset = c - matrix.from(p) - matrix.from(p) * columns;
    for (let a = b; a < last; a++) out[a * width + b] = panel[variables[a] * columns + offset];
    out[b * width + b] += ridge[c];
    out[last * width + b] = matrix.get(variables[last], c);
  }
  out[last * width + last] = matrix.get(variables[last], variables[last]) + ridge[variables[last]];
}

interface Job {
  /** variables [from, to) */
  readonly from: number;
  readonly to: number;
  readonly floats: number;
}

function jobsOf(indptr: Uint32Array): Job[] {
  const jobs: Job[] = [];
  const rows = indptr.length - 1;
  for (let from = 0; from < rows; ) {
    let floats = 0;
    let to = from;
    while (to < rows && floats < JOB_FLOATS) {
      floats += floatsOf(indptr[to + 1] - indptr[to] + 1);
      to++;
    }
    jobs.push({ from, to, floats });
    from = to;
  }
  return jobs;
}

/** Of a system of `size` variables. */
function floatsOf(size: number): number {
  return size * paddedWidth(size);
}

function paddedWidth(size: number): number {
  return 8 * Math.ceil(size / 8);
}

function longestRow(indptr: Uint32Array): number {
  let longest = 0;
  for (let r = 1; r < indptr.length; r++) longest = Math.max(longest, indptr[r] - indptr[r - 1]);
  return longest;
}

function notPositive(column: number): OsusumeError {
  return new OsusumeError(
    `The system of title ${column} is not positive definite: raise the regularization`,
  );
}
