/** The body of an answer, never more of it than is allowed. */
import { connectionError, HttpError } from './http-error.ts';

/**
 * @param server its name, for messages
 * @throws HttpError when there is more than `maxBytes`, and when the connection breaks off
 */
export async function* readChunks(
  server: string,
  response: Response,
  maxBytes = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  let size = Number(response.headers.get('content-length'));
  if (size > maxBytes) {
    await response.body?.cancel();
    throw tooLarge(server, maxBytes);
  }
  size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(server, maxBytes);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw connectionError(server, 'broke off its answer', error);
  }
}

/** @throws HttpError */
export async function readBytes(
  server: string,
  response: Response,
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readChunks(server, response, maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** @returns undefined when it is not JSON */
export async function readJson(
  server: string,
  response: Response,
  maxBytes: number,
): Promise<unknown> {
  const bytes = await readBytes(server, response, maxBytes);
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

function tooLarge(server: string, maxBytes: number): HttpError {
  return new HttpError('unusable', `${server} sent more than ${maxBytes} bytes`);
}
