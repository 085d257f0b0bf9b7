/** A model that is a sparse matrix and options, as one safetensors file. */
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import type { Csr } from '../data/csr.ts';
import { ArtefactError } from '../error.ts';
import { SafetensorsFile, writeSafetensors } from '../home/safetensors.ts';

/** @param metadata besides the format, the columns and the options */
export async function writeCsr(
  path: string,
  format: string,
  { rows, columns, indptr, indices, values }: Csr,
  options: unknown,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  await writeSafetensors(
    path,
    {
      indptr: { shape: [rows + 1], data: indptr },
      indices: { shape: [indices.length], data: indices },
      values: { shape: [values.length], data: values },
    },
    { ...metadata, format, columns: String(columns), options: JSON.stringify(options) },
  );
}

/** @throws ArtefactError when the file is truncated, altered or of another format */
export async function readCsr<S extends TSchema>(path: string, format: string, schema: S) {
  const file = await SafetensorsFile.open(path);
  try {
    const options = readOptions(path, file.metadata, format, schema);
    const indptr = await file.read('indptr', Uint32Array);
    const indices = await file.read('indices', Uint32Array);
    const values = await file.read('values', Float32Array);
    const columns = Number(file.metadata.columns);
    const matrix = { rows: indptr.length - 1, columns, indptr, indices, values };
    const fault = faultOf(matrix);
    if (fault) throw new ArtefactError(`${path} is altered: ${fault}: train the model again`);
    return { matrix, options, metadata: file.metadata };
  } finally {
    await file.close();
  }
}

/**
 * The options a model's file states.
 * @throws ArtefactError when they, or the file's format, are not what is expected
 */
export function readOptions<S extends TSchema>(
  path: string,
  metadata: Readonly<Record<string, string>>,
  format: string,
  schema: S,
): Static<S> {
  if (metadata.format !== format)
    throw new ArtefactError(
      `${path} has the format ${metadata.format ?? '(none)'}, expected ${format}: train the model again`,
    );
  try {
    const options: unknown = JSON.parse(metadata.options);
    if (Value.Check(schema, options)) return options;
  } catch {
    // falls through to the error below
  }
  throw new ArtefactError(`${path} has no readable options in its metadata: train the model again`);
}

/** What is wrong with a matrix, or null. */
function faultOf({ rows, columns, indptr, indices, values }: Csr): string | null {
  if (!Number.isInteger(columns) || columns < 0) return `it states ${columns} columns`;
  if (rows < 0 || indptr[0] !== 0) return 'its indptr does not begin with 0';
  if (indptr[rows] !== indices.length || indices.length !== values.length)
    return `${indptr[rows]} entries are announced, ${indices.length} indices and ${values.length} values found`;
  for (let r = 0; r < rows; r++) {
    if (indptr[r] > indptr[r + 1]) return `row ${r} ends before it begins`;
    for (let q = indptr[r]; q < indptr[r + 1]; q++) {
      if (indices[q] >= columns) return `row ${r} names column ${indices[q]} of ${columns}`;
      if (q > indptr[r] && indices[q] <= indices[q - 1]) return `row ${r} does not ascend`;
      if (!Number.isFinite(values[q])) return `row ${r} has the value ${values[q]}`;
    }
  }
  return null;
}
