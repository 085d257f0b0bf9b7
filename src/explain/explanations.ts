/**
 * Explanations of recommendations. A language model writes them if one is configured; each of its sentences is checked
 * against the facts before it is sent. When anything goes wrong the template takes over. The last event names the author.
 */
import { createHash } from 'node:crypto';
import type { Catalogue } from '../data/anime.ts';
import { type Meter, NO_METER } from '../watch/meter.ts';
import type { Facts } from './facts.ts';
import { knownNames } from './known-names.ts';
import { namesOf, type Wording } from './language.ts';
import type { Message } from './language-model.ts';
import {
  type FallbackReason,
  type ModelAccess,
  NoModelText,
  type Requester,
} from './model-access.ts';
import { promptOf } from './prompt.ts';
import { MAX_SENTENCE_LENGTH, Sentences } from './sentences.ts';
import { templateText } from './template.ts';
import type { TextCache } from './text-cache.ts';
import { TitleGuard } from './title-guard.ts';

export type Author = 'template' | 'model';

export type ExplanationEvent =
  /** continues the text before */
  | { readonly event: 'text'; readonly text: string }
  /** replaces the text before */
  | { readonly event: 'instead'; readonly text: string }
  /** `why`: the reason for the template; null = the model wrote */
  | { readonly event: 'end'; readonly by: Author; readonly why: FallbackReason | null };

export interface Explanation {
  readonly text: string;
  readonly by: Author;
  readonly why: FallbackReason | null;
}

export interface ExplanationsOptions {
  readonly access: ModelAccess;
  readonly cache: TextCache;
  /** receives a line when the model fails or its text is refused */
  readonly log?: (line: string) => void;
  readonly meter?: Meter;
}

interface Request extends Requester {
  readonly facts: Facts;
  readonly wording: Wording;
  /** to recognize titles that are not part of the facts */
  readonly catalogue: Catalogue;
}

/** characters; a sentence that exceeds them is dropped with those that follow */
const MAX_TEXT_LENGTH = 900;
/** Increase it when the prompt changes in meaning: cached texts are then written anew. */
const CACHE_VERSION = 1;

export class Explanations {
  readonly #access: ModelAccess;
  readonly #cache: TextCache;
  readonly #log: (line: string) => void;
  readonly #meter: Meter;

  constructor({ access, cache, log = () => {}, meter = NO_METER }: ExplanationsOptions) {
    this.#access = access;
    this.#cache = cache;
    this.#log = log;
    this.#meter = meter;
  }

  async *stream(request: Request): AsyncGenerator<ExplanationEvent> {
    const { facts, wording } = request;
    let started = false;
    try {
      for await (const sentence of this.#sentences(request)) {
        const text = started ? sentence : sentence.trimStart();
        started = true;
        yield { event: 'text', text };
      }
      yield { event: 'end', by: 'model', why: null };
    } catch (error) {
      if (!(error instanceof NoModelText)) throw error;
      const { why } = error;
      if (why !== 'off' && !request.signal.aborted)
        this.#log(`Explanation by template: the model is ${why}${detailOf(error)}`);
      yield { event: started ? 'instead' : 'text', text: templateText(facts, wording) };
      yield { event: 'end', by: 'template', why };
    }
  }

  async whole(request: Request): Promise<Explanation> {
    let text = '';
    for await (const event of this.stream(request)) {
      if (event.event === 'end') return { text, by: event.by, why: event.why };
      text = event.event === 'text' ? text + event.text : event.text;
    }
    throw new Error('The stream of an explanation ended without its last event');
  }

  /** @throws NoModelText */
  async *#sentences(request: Request): AsyncGenerator<string> {
    const { model } = this.#access;
    if (model === null) throw new NoModelText('off', 'no language model is configured');
    const messages = promptOf(request.facts, request.wording);
    const key = keyOf(model.name, messages);
    const known = await this.#cache.get(key);
    this.#meter.cache('explanations', known !== null);
    if (known !== null) {
      yield known;
      return;
    }
    let text = '';
    for await (const sentence of this.#checkedSentences(messages, request)) {
      if (text.length + sentence.length > MAX_TEXT_LENGTH && text !== '') break;
      text += sentence;
      yield sentence;
    }
    if (text.trim() === '') throw new NoModelText('unfit', 'the text is empty');
    await this.#cache.set(key, text.trim());
  }

  /** Each sentence as soon as it is complete and checked. */
  async *#checkedSentences(messages: readonly Message[], request: Request): AsyncGenerator<string> {
    const { facts, catalogue } = request;
    const guard = new TitleGuard(await knownNames(catalogue), facts);
    const titles = [facts.anime, ...facts.causes.map(({ anime }) => anime)];
    const sentences = new Sentences(titles.flatMap(namesOf));
    const pieces = withoutReasoning(this.#access.write(messages, request));
    const checked = (sentence: string) => {
      const fault = guard.fault(sentence);
      if (fault !== null) throw new NoModelText('unfit', fault);
      return sentence;
    };
    for await (const piece of pieces) {
      for (const sentence of sentences.push(piece)) yield checked(sentence);
      if (sentences.pending > MAX_SENTENCE_LENGTH)
        throw new NoModelText('unfit', 'a sentence is too long');
    }
    const rest = sentences.end();
    if (rest !== '') yield checked(rest);
  }
}

/** What is unfit quotes the text, which is about a person's list: no log is to keep that. */
function detailOf({ why, message }: NoModelText): string {
  return why === 'unfit' ? '' : ` (${message})`;
}

const THINK_START = '<think>';
const THINK_END = '</think>';

/** Drops the reasoning that some local models write before their answer. */
async function* withoutReasoning(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held: string | null = '';
  for await (const piece of pieces) {
    if (held === null) {
      yield piece;
      continue;
    }
    held = (held + piece).trimStart();
    if (THINK_START.startsWith(held.slice(0, THINK_START.length))) {
      const end = held.indexOf(THINK_END);
      // The reasoning itself is not kept, only enough of it to recognize its end.
      if (end < 0)
        held =
          held.length > THINK_START.length ? THINK_START + held.slice(-THINK_END.length) : held;
      else {
        yield held.slice(end + THINK_END.length);
        held = null;
      }
    } else {
      yield held;
      held = null;
    }
  }
}

function keyOf(model: string, messages: readonly Message[]): string {
  return createHash('sha256')
    .update(JSON.stringify([CACHE_VERSION, model, messages]))
    .digest('hex');
}
