/**
 * An object of cloud storage that is read while it arrives. It is also written to a part file, so that a transfer that
 * breaks off goes on in the next run; on the way nothing but that file and a few chunks is held.
 */
import type { ObjectStore, StoredObject } from '../cloud/object-store.ts';
import { replacement } from '../cloud/receive.ts';
import { DamagedTransfer, forget, type ReceiveOptions, transfer } from '../cloud/transfer.ts';
import { OsusumeError } from '../error.ts';
import { NO_PROGRESS } from '../progress.ts';
import type { ByteSource } from './byte-source.ts';

export interface ArrivingOptions extends ReceiveOptions {
  readonly part: string;
  /** gives the part file its name, once it is whole and has the right checksum */
  readonly keep: () => Promise<void>;
  /** what a failure is to whoever reads */
  readonly failure: (error: unknown) => unknown;
}

export function arrivingObject(
  store: ObjectStore,
  object: StoredObject,
  options: ArrivingOptions,
): ByteSource {
  const { label, part } = options;
  return {
    name: label,
    doing: `fetching ${label} and reading it`,
    size: object.bytes,
    read: () => arriving(store, object, options),
    discard: () => forget(part),
  };
}

/** Rows have been read when it turns out that the bytes are not those of the object: then reading fails as a whole. */
async function* arriving(
  store: ObjectStore,
  object: StoredObject,
  options: ArrivingOptions,
): AsyncGenerator<Uint8Array, void> {
  const { label, part, keep, failure, progress = NO_PROGRESS } = options;
  let bytes = 0;
  let isEnded = false;
  try {
    for await (const chunk of transfer(store, object, part, options)) {
      bytes += chunk.length;
      yield chunk;
    }
    await keep();
    isEnded = true;
  } catch (error) {
    isEnded = true;
    throw failure(await refusal(store, object, error, options));
  } finally {
    if (!isEnded)
      progress.note(`${label}: the transfer was stopped after ${bytes} of ${object.bytes} bytes`);
  }
}

/** What arrived is dropped when it cannot be used; it is no use to go on with other bytes in the middle. */
async function refusal(
  store: ObjectStore,
  object: StoredObject,
  error: unknown,
  { label, part }: ArrivingOptions,
): Promise<unknown> {
  const isReplaced = (await replacement(store, object, error)) !== null;
  if (!isReplaced && !(error instanceof DamagedTransfer)) return error;
  await forget(part);
  const reason = isReplaced
    ? `${label} was replaced while it was being read`
    : (error as Error).message;
  return new OsusumeError(
    `${reason}. None of its rows is used. Run the command again: it fetches the file from its first byte`,
  );
}
