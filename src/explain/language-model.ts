/** A language model behind an OpenAI-compatible endpoint: OpenAI, Ollama, vLLM, llama.cpp and others. */

export interface Message {
  readonly role: 'system' | 'user';
  readonly content: string;
}

export interface LanguageModel {
  readonly name: string;
  /**
   * The answer in pieces while it is written.
   * @throws when the request fails or the answer is incomplete; after `signal` has aborted it may end without an error
   */
  write(
    messages: readonly Message[],
    options: { readonly signal: AbortSignal; readonly json?: boolean },
  ): AsyncIterable<string>;
}

export interface Endpoint {
  /** e.g. http://localhost:11434/v1; null = OpenAI's own */
  readonly baseUrl: string | null;
  readonly model: string;
  /** local servers accept any */
  readonly key?: string;
}

const OPENAI = 'https://api.openai.com/v1';
const NO_KEY = 'none';
/** The library adds more: what describes this machine, and whatever the variable OPENAI_CUSTOM_HEADERS holds. */
const NEEDED_HEADERS = ['accept', 'authorization', 'content-type', 'user-agent'];

/** Loads the client only when a model is configured. */
export async function openModel({
  baseUrl,
  model,
  key = NO_KEY,
}: Endpoint): Promise<LanguageModel> {
  const { default: OpenAI } = await import('openai');
  const client = new OpenAI({
    apiKey: key,
    baseURL: baseUrl ?? OPENAI,
    // A visitor is waiting: no retries. The library's log would show prompts.
    maxRetries: 0,
    logLevel: 'off',
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    // OPENAI_CUSTOM_HEADERS could replace the key.
    defaultHeaders: { authorization: `Bearer ${key}` },
    fetch: (url, init) => fetch(url, { ...init, headers: onlyNeeded(init?.headers) }),
  });
  return {
    name: model,
    async *write(messages, { signal, json = false }) {
      const stream = await client.chat.completions.create(
        {
          model,
          messages: messages.map(({ role, content }) => ({ role, content })),
          stream: true,
          ...(json ? { response_format: { type: 'json_object' as const } } : {}),
        },
        { signal },
      );
      let finished = false;
      for await (const chunk of stream) {
        // The library does not check the shape of chunks.
        const choice = chunk?.choices?.[0];
        const piece: unknown = choice?.delta?.content;
        if (choice?.finish_reason) finished = true;
        if (typeof piece === 'string' && piece !== '') yield piece;
      }
      if (!finished && !signal.aborted) throw new Error('the answer is incomplete');
    },
  };
}

function onlyNeeded(given: ConstructorParameters<typeof Headers>[0]): Headers {
  const headers = new Headers(given);
  const unneeded = [...headers.keys()].filter((name) => !NEEDED_HEADERS.includes(name));
  for (const name of unneeded) headers.delete(name);
  return headers;
}
