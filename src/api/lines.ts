/** An answer that comes line by line. */

const BROKEN = { done: true, value: undefined } as const;

/**
 * Lines as they arrive, without their ends and without empty ones; a connection that breaks ends them, too. Leaving early
 * lets the connection go.
 */
export async function* linesOf({ body }: Response): AsyncGenerator<string> {
  if (body === null) return;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => BROKEN);
      const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield line;
      if (!done) continue;
      // What has no end was cut off.
      return;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
