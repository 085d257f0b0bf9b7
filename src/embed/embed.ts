/**
 * <osusume-recommendations>: a list with reasons for any page, in two lines:
 *
 *   <script type="module" src="https://osusume.example/embed.js"></script>
 *   <osusume-recommendations ratings="5114:9, 457:10" limit="6"></osusume-recommendations>
 *
 * Attributes: ratings (ids and ratings, or the API's JSON) or user (of the data set); rules (the API's JSON, or none; not
 * with user); limit; lang; theme (dark, light; default: the page's); api (default: where this script is from); link (default: the title's page there, which
 * goes on from the same list; {animeId} stands for the id). Events: osusume-open before a title is opened (may be cancelled), osusume-error.
 */
import { OsusumeClient, ProblemError, type Recommendation } from '../api/client.ts';
import { AttributeError, type ListRequest, requestFrom } from './attributes.ts';
import { japaneseNames } from './japanese-names.ts';
import { fragmentOf } from './links.ts';
import { type Messages, messagesIn } from './messages.ts';
import { showPosters } from './posters.ts';
import { itemNode, node, type RenderOptions, skeletonNode } from './render.ts';
import { STYLES } from './styles.ts';

const NAME = 'osusume-recommendations';
/** Two are named at most; a third tells whether many small hints add up. */
const REASONS = 3;
/** Shared by all elements of a page. */
const STYLE_SHEET = new CSSStyleSheet();
STYLE_SHEET.replaceSync(STYLES);

class OsusumeRecommendations extends HTMLElement {
  static readonly observedAttributes = [
    ...['api', 'user', 'ratings', 'rules', 'limit', 'lang', 'link'],
  ];
  readonly #section = node('section', 'base');
  readonly #status = node('p', 'unseen');
  #running = new AbortController();
  #scheduled = false;

  constructor() {
    super();
    this.#status.role = 'status';
    const root = this.attachShadow({ mode: 'open' });
    // Unlike a <style>, it needs no 'unsafe-inline' in the policy of the page around it.
    root.adoptedStyleSheets = [STYLE_SHEET];
    root.append(this.#status, this.#section);
    this.#section.addEventListener('click', (event) => this.#onClick(event));
  }

  connectedCallback(): void {
    this.#schedule();
  }

  disconnectedCallback(): void {
    this.#running.abort();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#schedule();
  }

  /** Attributes that change together cause one request. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      void this.#load();
    });
  }

  async #load(): Promise<void> {
    this.#running.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    const messages = this.#messages();
    this.#section.ariaLabel = messages.label;
    try {
      const asked = requestFrom((name) => this.getAttribute(name));
      this.#wait(asked.limit, messages);
      const client = new OsusumeClient(this.#api());
      const items = await fetchList(client, asked, signal);
      const japanese = messages === messagesIn('ja');
      const names = japanese
        ? await japaneseNames(items, client, signal)
        : new Map<number, string>();
      if (signal.aborted) return;
      const linkOf = (animeId: number) => this.#linkOf(animeId, asked);
      const list = this.#show(items, asked, { messages, japanese, names, linkOf });
      if (list) await showPosters(list, client, signal);
    } catch (error) {
      if (!signal.aborted) this.#fail(error, messages);
    } finally {
      if (!signal.aborted) this.#section.ariaBusy = null;
    }
  }

  /** The previous list stays until the new one has arrived. */
  #wait(count: number, messages: Messages): void {
    this.#section.ariaBusy = 'true';
    this.#status.textContent = messages.loading;
    if (!this.#section.querySelector('ol')) this.#section.replaceChildren(skeletonNode(count));
  }

  #show(
    items: readonly Recommendation[],
    asked: ListRequest,
    shown: RenderOptions,
  ): HTMLElement | null {
    const { messages } = shown;
    this.#status.textContent = '';
    if (items.length === 0) {
      const isRuled = asked.rules !== undefined && asked.rules !== 'none';
      this.#section.replaceChildren(node('p', 'note', isRuled ? messages.unfit : messages.empty));
      return null;
    }
    const list = node('ol', 'list', ...items.map((item) => itemNode(item, shown)));
    const isAnyone = asked.user === null && asked.ratings.length === 0;
    this.#section.replaceChildren(
      ...(isAnyone ? [node('p', 'note', messages.anyone)] : []),
      list,
      ...this.#wholeList(asked, messages),
    );
    return list;
  }

  /** Links that the portal makes itself lead to its own titles. */
  #wholeList(asked: ListRequest, { whole }: Messages): HTMLElement[] {
    if (this.hasAttribute('link')) return [];
    const link = node('a', 'more', whole);
    link.href = new URL(fragmentOf(asked, null) || '.', this.#api()).href;
    return [link];
  }

  #fail(error: unknown, messages: Messages): void {
    const unreadable = isUnreadable(error);
    const note = node('p', 'note', unreadable ? messages.unreadable : messages.failed);
    note.role = 'alert';
    this.#status.textContent = '';
    this.#section.replaceChildren(note);
    if (!unreadable) {
      const again = node('button', 'again', messages.again);
      again.type = 'button';
      again.addEventListener('click', () => this.#schedule());
      this.#section.append(again);
    }
    this.dispatchEvent(
      new CustomEvent('osusume-error', { detail: error, bubbles: true, composed: true }),
    );
  }

  #onClick(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLElement>('[data-anime]');
    if (!link) return;
    const detail = { animeId: Number(link.dataset.anime) };
    const open = new CustomEvent('osusume-open', {
      detail,
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    if (!this.dispatchEvent(open)) event.preventDefault();
  }

  #messages(): Messages {
    return messagesIn(this.closest<HTMLElement>('[lang]')?.lang ?? navigator.language);
  }

  #api(): URL {
    return new URL(this.getAttribute('api') || '.', import.meta.url);
  }

  #linkOf(animeId: number, asked: ListRequest): string {
    const link = this.getAttribute('link')?.replaceAll('{animeId}', String(animeId));
    const url = link
      ? new URL(link, document.baseURI)
      : new URL(fragmentOf(asked, animeId), this.#api());
    return /^https?:$/.test(url.protocol) ? url.href : '#';
  }
}

async function fetchList(
  client: OsusumeClient,
  { user, ratings, rules, limit }: ListRequest,
  signal: AbortSignal,
): Promise<Recommendation[]> {
  const answer =
    user === null
      ? await client.recommend({ ratings, limit, because: REASONS, rules }, { signal })
      : await client.getUserRecommendations(
          user,
          { limit, because: REASONS, ...(rules === 'none' ? { rules } : {}) },
          { signal },
        );
  return answer.items;
}

/** Whether a retry is useless, because an attribute is wrong. */
function isUnreadable(error: unknown): boolean {
  return error instanceof AttributeError || (error instanceof ProblemError && error.status === 400);
}

if (!customElements.get(NAME)) customElements.define(NAME, OsusumeRecommendations);
