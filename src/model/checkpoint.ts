/**
 * A checkpoint of a training: one safetensors file, replaced as a whole after each epoch (temporary name, flush,
 * rename), so that a kill leaves the one before. Its metadata holds the state as JSON and a SHA-256 of the state and of
 * every tensor.
 */
import { createHash } from 'node:crypto';
import { access, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtefactError } from '../error.ts';
import { flush } from '../home/atomic-write.ts';
import { privateFolder } from '../home/modes.ts';
import { SafetensorsFile, writeSafetensors } from '../home/safetensors.ts';

export interface Checkpoint<State> {
  readonly state: State;
  readonly tensors: Readonly<Record<string, Float32Array>>;
}

const FORMAT = 'osusume-checkpoint-1';
const SUFFIX = '.checkpoint.safetensors';
const PARTIAL = '.partial';

/** @param key of what is being trained on what, e.g. a hash of options and data: only the same key reads it again */
export async function writeCheckpoint(
  folder: string,
  name: string,
  key: string,
  { state, tensors }: Checkpoint<unknown>,
): Promise<void> {
  await privateFolder(folder);
  const temporary = partialPath(folder, name);
  await rm(temporary, { force: true });
  const text = JSON.stringify(state);
  const shaped = Object.fromEntries(
    Object.entries(tensors).map(([tensor, data]) => [tensor, { shape: [data.length], data }]),
  );
  const sha256 = checksum(text, tensors);
  await writeSafetensors(temporary, shaped, { format: FORMAT, key, state: text, sha256 });
  await flush(temporary);
  await rename(temporary, checkpointPath(folder, name));
  await flush(folder);
}

/**
 * The last checkpoint, or null when there is none.
 * @throws ArtefactError when it is damaged or of another training
 */
export async function readCheckpoint<State>(
  folder: string,
  name: string,
  key: string,
): Promise<Checkpoint<State> | null> {
  const path = checkpointPath(folder, name);
  if (!(await exists(path))) return null;
  const file = await SafetensorsFile.open(path).catch((error: Error) => {
    throw new ArtefactError(`${error.message}. Remove it, or train without --resume`);
  });
  try {
    const { format, key: found, state, sha256 } = file.metadata;
    if (format !== FORMAT)
      throw new ArtefactError(
        `${path} has the format ${format ?? '(none)'}, expected ${FORMAT}: remove it, or train without --resume`,
      );
    const tensors: Record<string, Float32Array> = {};
    for (const tensor of file.names()) tensors[tensor] = await file.read(tensor, Float32Array);
    if (checksum(state, tensors) !== sha256)
      throw new ArtefactError(
        `${path} is damaged: its checksum does not match its content. Remove it, or train without --resume`,
      );
    if (found !== key)
      throw new ArtefactError(
        `${path} is of a training with other options or other data: remove it, or train without --resume`,
      );
    return { state: JSON.parse(state) as State, tensors };
  } finally {
    await file.close();
  }
}

/**
 * Removes a checkpoint and those of its parts (`name.part`), what was left of writing them, and the folder when they
 * are the last.
 */
export async function removeCheckpoint(folder: string, name: string): Promise<void> {
  const files = await readdir(folder).catch(() => []);
  const isOwn = (file: string) =>
    (file.startsWith(`${name}.`) && file.endsWith(SUFFIX)) ||
    (file.startsWith(`.${name}.`) && file.endsWith(PARTIAL));
  for (const file of files.filter(isOwn)) await rm(join(folder, file), { force: true });
  await rmdir(folder).catch(() => {
    // not there, or others are in it
  });
}

export function checkpointPath(folder: string, name: string): string {
  return join(folder, `${name}${SUFFIX}`);
}

function partialPath(folder: string, name: string): string {
  return join(folder, `.${name}${PARTIAL}`);
}

/** Over the state and the tensors in the order of their names, with their names and lengths. */
function checksum(state = '', tensors: Readonly<Record<string, Float32Array>>): string {
  const hash = createHash('sha256').update(state);
  for (const [name, data] of Object.entries(tensors).sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`\n${name} ${data.length}\n`);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
