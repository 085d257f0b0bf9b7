/** How a model's safetensors file is read: its format and options checked first, and closed whatever happens. */
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { ArtefactError } from '../error.ts';
import { SafetensorsFile } from '../home/safetensors.ts';

/** What a model file of one kind states in its metadata. */
export interface ModelFormat<S extends TSchema> {
  /** e.g. "osusume-ials-1" */
  readonly format: string;
  /** of `options`, JSON */
  readonly schema: S;
}

/**
 * @param read makes the model; a RangeError of it means that the file was altered
 * @throws ArtefactError when the file is truncated, altered, or of another format
 */
export async function readModelFile<S extends TSchema, T>(
  path: string,
  { format, schema }: ModelFormat<S>,
  read: (file: SafetensorsFile, options: Static<S>) => Promise<T>,
): Promise<T> {
  const file = await SafetensorsFile.open(path);
  try {
    return await read(file, optionsOf(path, file.metadata, format, schema));
  } catch (error) {
    if (error instanceof RangeError)
      throw new ArtefactError(`${path} is altered: ${error.message}: train the model again`);
    throw error;
  } finally {
    await file.close();
  }
}

function optionsOf<S extends TSchema>(
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
