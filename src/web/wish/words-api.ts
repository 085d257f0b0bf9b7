/** What the server says in words: why a title suits, and what it understands of a wish. */
import { type Anime, type Reason, readAnime, readItems, readReason } from '../app/answers.ts';
import { answerTo, ask, RefusedError, UnreachableError } from '../app/api.ts';
import type { Language, Script } from '../display/settings.ts';
import { type Asked, type Pick, ratingOf } from '../picks/picks.ts';
import { readWishedRules, type WishedRules } from './wish.ts';

/** How the words are to be: the language, and the script of titles. */
export interface Manner {
  readonly language: Language;
  readonly titles: Script;
}

export type Heard =
  | { readonly heard: 'reasons'; readonly reasons: readonly Reason[] }
  /** instead: in place of everything before */
  | { readonly heard: 'text'; readonly text: string; readonly instead: boolean }
  | { readonly heard: 'end'; readonly byModel: boolean };

/** Calls `take` with each part as it arrives. */
export async function explain(
  animeId: number,
  { picks, whole, without }: Asked,
  manner: Manner,
  signal: AbortSignal,
  take: (part: Heard) => void,
): Promise<void> {
  const body = { ratings: picks.map(ratingOf), whole, animeId, ...manner, rules: { without } };
  const path = '/api/explanations';
  const response = await answerTo(path, signal, body, { accept: 'text/event-stream' });
  if (!response.ok || !response.body)
    throw new RefusedError(response.status, `${path} answered with status ${response.status}`);
  let ended = false;
  for await (const [event, data] of eventsOf(response.body)) {
    const part = partOf(event, data);
    if (part) take(part);
    ended ||= part?.heard === 'end';
  }
  if (!ended) throw new UnreachableError(`${path} broke off`);
}

function partOf(event: string, data: unknown): Heard | null {
  const fields = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  if (event === 'facts') {
    const facts = fields.facts as { because?: unknown } | undefined;
    const because = Array.isArray(facts?.because) ? facts.because : [];
    return { heard: 'reasons', reasons: because.map(readReason) };
  }
  if (event === 'text' || event === 'instead')
    return { heard: 'text', text: String(fields.text ?? ''), instead: event === 'instead' };
  return event === 'end' ? { heard: 'end', byModel: fields.by === 'model' } : null;
}

/** Server-sent events: "event: name", "data: json", an empty line. */
async function* eventsOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<readonly [event: string, data: unknown]> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = /^event: (.*)$/m.exec(block)?.[1] ?? '';
      const data = /^data: (.*)$/m.exec(block)?.[1] ?? 'null';
      yield [event, JSON.parse(data)];
    }
  }
}

export interface Understood {
  readonly said: string;
  readonly seeds: readonly Anime[];
  readonly rules: WishedRules;
}

/** A wish in words → titles to start from, and rules. */
export async function understand(
  message: string,
  picks: readonly Pick[],
  manner: Manner,
  signal: AbortSignal,
): Promise<Understood> {
  const body = { message, ratings: picks.map(ratingOf), ...manner, limit: 1, because: 0 };
  const answer = await ask('/api/chat', signal, body);
  const { said, seeds, rules } = answer as Record<string, unknown>;
  return {
    said: typeof said === 'string' ? said : '',
    seeds: readItems({ items: seeds }, readAnime),
    rules: readWishedRules(rules),
  };
}
