/** Answers that come in parts: line by line, or event by event. */

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

/** Server-sent events of this server: a line with the name of each, and one line of JSON. */
export async function* eventsOf(
  response: Response,
): AsyncGenerator<Readonly<Record<string, unknown>> & { readonly event: string }> {
  let event = '';
  for await (const line of linesOf(response)) {
    if (line.startsWith('event: ')) event = line.slice('event: '.length);
    else if (line.startsWith('data: ')) yield { ...JSON.parse(line.slice('data: '.length)), event };
  }
}
