/** An answer's body, never more of it than is allowed. */
import { UpstreamError } from './upstream-error.ts';

const MOST_JSON = 1 << 20;

/** @throws UpstreamError when there is more than `most` bytes */
export async function readBytes(response: Response, most: number, name: string): Promise<Buffer> {
  if (Number(response.headers.get('content-length')) > most) throw tooLarge(name, most);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > most) throw tooLarge(name, most);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** @throws UpstreamError when it is not JSON */
export async function readJson(response: Response, name: string): Promise<unknown> {
  if (response.status !== 200)
    throw new UpstreamError('failing', `${name} answered ${response.status}`);
  const bytes = await readBytes(response, MOST_JSON, name);
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new UpstreamError('failing', `${name} answered with something that is not JSON`);
  }
}

function tooLarge(name: string, most: number): UpstreamError {
  return new UpstreamError('unusable', `${name} sent more than ${most} bytes`);
}
