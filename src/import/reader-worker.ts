/**
 * A worker thread that reads files which visitors send: a file that takes long or much memory harms only its sender.
 * It answers a file with the first part of the list, and 'next' with the next part.
 */
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { ImportError, type ImportFault } from './list/import-error.ts';
import { type ListPart, partsOf } from './list/list-parts.ts';
import type { ScaleChoice } from './list/scale.ts';
import { readList } from './read-list.ts';

export interface FileToRead {
  readonly bytes: Uint8Array;
  /** for messages */
  readonly name: string;
  /** chosen by the person */
  readonly scale?: ScaleChoice;
}

export type ReaderReply =
  | { readonly part: ListPart }
  | { readonly fault: ImportFault; readonly message: string }
  /** a defect */
  | { readonly failure: string };

// Where a core is short, answers come first. Elsewhere the priority would be that of the whole process.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

let parts: Iterator<ListPart, void> = [][Symbol.iterator]();

parentPort?.on('message', async (message: FileToRead | 'next') => {
  parentPort?.postMessage(await replyTo(message));
});

async function replyTo(message: FileToRead | 'next'): Promise<ReaderReply> {
  try {
    if (message !== 'next') {
      const { bytes, ...options } = message;
      parts = partsOf(await readList(bytes, options));
    }
    const { value } = parts.next();
    return value ? { part: value } : { failure: 'There is no further part of a list' };
  } catch (error) {
    if (error instanceof ImportError) return { fault: error.fault, message: error.message };
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
