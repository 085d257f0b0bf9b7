/**
 * Why this, in words. A language model writes them where there is one; each sentence is let through only when it keeps
 * to the facts. Whatever goes wrong, the template stands instead, and the last event says which of the two wrote.
 */
import { createHash } from 'node:crypto';
import type { Catalogue } from '../data/anime.ts';
import type { Facts } from './facts.ts';
import { knownNames } from './known-names.ts';
import { namesOf, type Wording } from './language.ts';
import type { Message } from './language-model.ts';
import { type ModelAccess, NoModelText, type Requester, type Why } from './model-access.ts';
import { promptOf } from './prompt.ts';
import { MOST_LETTERS, Sentences } from './sentences.ts';
import { templateText } from './template.ts';
import type { TextCache } from './text-cache.ts';
import { TitleGuard } from './title-guard.ts';

export type Author = 'template' | 'model';

export type ExplanationEvent =
  /** goes on where the text before ended */
  | { readonly event: 'text'; readonly text: string }
  /** stands in place of everything before */
  | { readonly event: 'instead'; readonly text: string }
  /** @property why the model did not write; null = it did */
  | { readonly event: 'end'; readonly by: Author; readonly why: Why | null };

export interface Explanation {
  readonly text: string;
  readonly by: Author;
  readonly why: Why | null;
}

export interface ExplanationsOptions {
  readonly access: ModelAccess;
  readonly cache: TextCache;
  /** takes a line when the model's text is refused or it fails */
  readonly log?: (line: string) => void;
}

interface Request extends Requester {
  readonly facts: Facts;
  readonly wording: Wording;
  /** all of its titles are known, so that none but those of the facts is named */
  readonly catalogue: Catalogue;
}

/** Longer explanations end with the sentence before. */
const MOST_TEXT = 900;
/** Changes with the instructions, so that older texts are not found again. */
const EDITION = 1;

export class Explanations {
  readonly #access: ModelAccess;
  readonly #cache: TextCache;
  readonly #log: (line: string) => void;

  constructor({ access, cache, log = () => {} }: ExplanationsOptions) {
    this.#access = access;
    this.#cache = cache;
    this.#log = log;
  }

  async *stream(request: Request): AsyncGenerator<ExplanationEvent> {
    const { facts, wording } = request;
    let said = '';
    try {
      for await (const sentence of this.#sentences(request)) {
        const text = said === '' ? sentence.trimStart() : sentence;
        said += text;
        yield { event: 'text', text };
      }
      yield { event: 'end', by: 'model', why: null };
    } catch (error) {
      if (!(error instanceof NoModelText)) throw error;
      const { why, message } = error;
      if (why !== 'off' && !request.signal.aborted)
        this.#log(`Explanation by template: the model is ${why} (${message})`);
      yield { event: said === '' ? 'text' : 'instead', text: templateText(facts, wording) };
      yield { event: 'end', by: 'template', why };
    }
  }

  async whole(request: Request): Promise<Explanation> {
    let text = '';
    for await (const event of this.stream(request)) {
      if (event.event === 'end') return { text, by: event.by, why: event.why };
      text = event.event === 'text' ? text + event.text : event.text;
    }
    throw new Error('an explanation ended without an end');
  }

  /** @throws NoModelText */
  async *#sentences(request: Request): AsyncGenerator<string> {
    const { model } = this.#access;
    if (model === null) throw new NoModelText('off', 'no language model is configured');
    const messages = promptOf(request.facts, request.wording);
    const key = keyOf(model.name, messages);
    const known = await this.#cache.get(key);
    if (known !== null) {
      yield known;
      return;
    }
    let text = '';
    for await (const sentence of this.#written(messages, request)) {
      if (text.length + sentence.length > MOST_TEXT && text !== '') break;
      text += sentence;
      yield sentence;
    }
    if (text.trim() === '') throw new NoModelText('unfit', 'it wrote nothing');
    await this.#cache.set(key, text.trim());
  }

  /** Sentences that keep to the facts, as soon as each is whole. */
  async *#written(messages: readonly Message[], request: Request): AsyncGenerator<string> {
    const { facts, catalogue } = request;
    const guard = new TitleGuard(await knownNames(catalogue), facts);
    const titles = [facts.anime, ...facts.causes.map(({ anime }) => anime)];
    const sentences = new Sentences(titles.flatMap(namesOf));
    const pieces = withoutThoughts(this.#access.write(messages, request));
    const checked = (sentence: string) => {
      const fault = guard.fault(sentence);
      if (fault !== null) throw new NoModelText('unfit', fault);
      return sentence;
    };
    for await (const piece of pieces) {
      for (const sentence of sentences.push(piece)) yield checked(sentence);
      if (sentences.waiting > MOST_LETTERS)
        throw new NoModelText('unfit', 'a sentence without end');
    }
    const rest = sentences.end();
    if (rest !== '') yield checked(rest);
  }
}

const OPENS = '<think>';
const CLOSES = '</think>';

/** Some local models think aloud before they answer. */
async function* withoutThoughts(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held: string | null = '';
  for await (const piece of pieces) {
    if (held === null) {
      yield piece;
      continue;
    }
    held = (held + piece).trimStart();
    if (OPENS.startsWith(held.slice(0, OPENS.length))) {
      const end = held.indexOf(CLOSES);
      // Of the thought only its end is waited for.
      if (end < 0) held = held.length > OPENS.length ? OPENS + held.slice(-CLOSES.length) : held;
      else {
        yield held.slice(end + CLOSES.length);
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
    .update(JSON.stringify([EDITION, model, messages]))
    .digest('hex');
}
