/** A model that is a sparse matrix and options, as one safetensors file. */
import type { TSchema } from 'typebox';
import { type Csr, faultOf } from '../data/csr.ts';
import { type SafetensorsFile, type Tensor, writeSafetensors } from '../home/safetensors.ts';
import { readModelFile } from './model-file.ts';

/**
 * @param metadata besides the format, the columns and the options
 * @param tensors besides the matrix
 */
export async function writeCsr(
  path: string,
  format: string,
  matrix: Csr,
  options: unknown,
  metadata: Readonly<Record<string, string>> = {},
  tensors: Readonly<Record<string, Tensor>> = {},
): Promise<void> {
  await writeSafetensors(
    path,
    { ...tensors, ...csrTensors(matrix) },
    { ...metadata, format, columns: String(matrix.columns), options: JSON.stringify(options) },
  );
}

/** @throws ArtefactError when the file is truncated, altered or of another format */
export function readCsr<S extends TSchema>(path: string, format: string, schema: S) {
  return readModelFile(path, { format, schema }, async (file, options) => {
    return { matrix: await csrOf(file), options, metadata: file.metadata };
  });
}

/** @throws RangeError when it is not sound */
export async function csrOf(file: SafetensorsFile): Promise<Csr> {
  const indptr = await file.read('indptr', Uint32Array);
  const indices = await file.read('indices', Uint32Array);
  const values = await file.read('values', Float32Array);
  const columns = Number(file.metadata.columns);
  const matrix = { rows: indptr.length - 1, columns, indptr, indices, values };
  const fault = faultOf(matrix);
  if (fault) throw new RangeError(fault);
  return matrix;
}

function csrTensors({ rows, indptr, indices, values }: Csr): Record<string, Tensor> {
  return {
    indptr: { shape: [rows + 1], data: indptr },
    indices: { shape: [indices.length], data: indices },
    values: { shape: [values.length], data: values },
  };
}
