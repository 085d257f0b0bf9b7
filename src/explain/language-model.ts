/** A language model behind an OpenAI-compatible endpoint: OpenAI, Ollama, vLLM, llama.cpp and others. */

export interface Message {
  readonly role: 'system' | 'user';
  readonly content: string;
}

export interface LanguageModel {
  readonly name: string;
  /**
   * The answer, piece by piece as it is written.
   * @throws on any failure, and when the answer breaks off; after `signal` has aborted it may also just end
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
  /** local servers take any */
  readonly key?: string;
}

const OPENAI = 'https://api.openai.com/v1';
const NO_KEY = 'none';

/** The client is loaded only where a model is configured. */
export async function openModel({
  baseUrl,
  model,
  key = NO_KEY,
}: Endpoint): Promise<LanguageModel> {
  const { default: OpenAI } = await import('openai');
  const client = new OpenAI({
    apiKey: key,
    baseURL: baseUrl ?? OPENAI,
    // A visitor waits: what fails is not tried again. Nothing of ours is written to its log.
    maxRetries: 0,
    logLevel: 'off',
    organization: null,
    project: null,
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
        // What arrives is only said to have this shape.
        const choice = chunk?.choices?.[0];
        const piece: unknown = choice?.delta?.content;
        if (choice?.finish_reason) finished = true;
        if (typeof piece === 'string' && piece !== '') yield piece;
      }
      if (!finished && !signal.aborted) throw new Error('the answer broke off');
    },
  };
}
