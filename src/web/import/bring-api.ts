/** Bringing a list: what the page asks the server for. */
import { ask } from '../app/api.ts';
import { type Imports, type ListPreview, readImports, readPreview } from './bring-answers.ts';

export async function getImports(signal: AbortSignal): Promise<Imports> {
  return readImports(await ask('/api/import', signal));
}

/** What a file is, its first letters say: names of files are anybody's. */
export async function previewFile(file: File, signal: AbortSignal): Promise<ListPreview> {
  const start = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  const packed = start[0] === 0x1f && start[1] === 0x8b;
  const xml = /^\s*</.test(new TextDecoder().decode(start));
  const path = packed || xml ? '/api/import/mal-xml' : '/api/import/csv';
  return readPreview(await ask(path, signal, file));
}

export async function previewName(
  site: string,
  name: string,
  signal: AbortSignal,
): Promise<ListPreview> {
  return readPreview(await ask(`/api/import/${site}/${encodeURIComponent(name)}`, signal));
}
