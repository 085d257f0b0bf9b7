/**
 * <osusume-recommendations>: a list with reasons in a page of somebody else's, in two lines:
 *
 *   <script type="module" src="https://osusume.example/embed.js"></script>
 *   <osusume-recommendations ratings="5114:9, 457:10" limit="6"></osusume-recommendations>
 *
 * Attributes: ratings (ids and ratings, or the API's JSON) or user (of the data set); limit; lang; theme (dark, light;
 * default: the page's); api (default: where this script is from); link (default: the title's page there; {animeId}
 * stands for the id). Events: osusume-open before a title is opened (may be cancelled), osusume-error.
 */
import { OsusumeClient, ProblemError, type Recommendation } from '../api/client.ts';
import { type Asked, AttributeError, askedBy } from './attributes.ts';
import { itemNode, node, type Shown, waitingNode } from './draw.ts';
import { type Words, wordsIn } from './messages.ts';
import { japaneseNames } from './names.ts';
import { showPictures } from './pictures.ts';
import { LOOK } from './styles.ts';

const NAME = 'osusume-recommendations';

class OsusumeRecommendations extends HTMLElement {
  static readonly observedAttributes = ['api', 'user', 'ratings', 'limit', 'lang', 'link'];
  readonly #section = node('section', 'base');
  readonly #said = node('p', 'unseen');
  #running = new AbortController();
  #planned = false;

  constructor() {
    super();
    const style = document.createElement('style');
    style.textContent = LOOK;
    this.#said.role = 'status';
    this.attachShadow({ mode: 'open' }).append(style, this.#said, this.#section);
    this.#section.addEventListener('click', (event) => this.#opened(event));
  }

  connectedCallback(): void {
    this.#plan();
  }

  disconnectedCallback(): void {
    this.#running.abort();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#plan();
  }

  /** Several attributes that change together are one question. */
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      void this.#load();
    });
  }

  async #load(): Promise<void> {
    this.#running.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    const words = this.#words();
    this.#section.ariaLabel = words.label;
    try {
      const asked = askedBy((name) => this.getAttribute(name));
      this.#wait(asked.limit, words);
      const client = new OsusumeClient(this.#api());
      const items = await ask(client, asked, signal);
      const japanese = words === wordsIn('ja');
      const names = japanese
        ? await japaneseNames(items, client, signal)
        : new Map<number, string>();
      if (signal.aborted) return;
      const linkOf = (animeId: number) => this.#linkOf(animeId);
      const list = this.#show(items, { words, japanese, names, linkOf });
      if (list) await showPictures(list, client, signal);
    } catch (error) {
      if (!signal.aborted) this.#fail(error, words);
    } finally {
      if (!signal.aborted) this.#section.ariaBusy = null;
    }
  }

  /** What stands there already stays until there is something better. */
  #wait(count: number, words: Words): void {
    this.#section.ariaBusy = 'true';
    this.#said.textContent = words.loading;
    if (!this.#section.querySelector('ol')) this.#section.replaceChildren(waitingNode(count));
  }

  #show(items: readonly Recommendation[], shown: Shown): HTMLElement | null {
    this.#said.textContent = '';
    if (items.length === 0) {
      this.#section.replaceChildren(node('p', 'note', shown.words.empty));
      return null;
    }
    const list = node('ol', 'list', ...items.map((item) => itemNode(item, shown)));
    this.#section.replaceChildren(list);
    return list;
  }

  #fail(error: unknown, words: Words): void {
    const unreadable = isUnreadable(error);
    const note = node('p', 'note', unreadable ? words.unreadable : words.failed);
    note.role = 'alert';
    this.#said.textContent = '';
    this.#section.replaceChildren(note);
    if (!unreadable) {
      const again = node('button', 'again', words.again);
      again.type = 'button';
      again.addEventListener('click', () => this.#plan());
      this.#section.append(again);
    }
    this.dispatchEvent(
      new CustomEvent('osusume-error', { detail: error, bubbles: true, composed: true }),
    );
  }

  #opened(event: MouseEvent): void {
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

  #words(): Words {
    return wordsIn(this.closest<HTMLElement>('[lang]')?.lang ?? navigator.language);
  }

  #api(): URL {
    return new URL(this.getAttribute('api') || '.', import.meta.url);
  }

  #linkOf(animeId: number): string {
    const link = this.getAttribute('link')?.replaceAll('{animeId}', String(animeId));
    const url = link ? new URL(link, document.baseURI) : new URL(`?open=${animeId}`, this.#api());
    return /^https?:$/.test(url.protocol) ? url.href : '#';
  }
}

async function ask(
  client: OsusumeClient,
  { user, ratings, limit }: Asked,
  signal: AbortSignal,
): Promise<Recommendation[]> {
  const answer =
    user === null
      ? await client.recommend({ ratings, limit, because: 2 }, { signal })
      : await client.getUserRecommendations(user, { limit, because: 2 }, { signal });
  return answer.items;
}

/** Whether asking again would be of no use: what the attributes say is wrong. */
function isUnreadable(error: unknown): boolean {
  return error instanceof AttributeError || (error instanceof ProblemError && error.status === 400);
}

if (!customElements.get(NAME)) customElements.define(NAME, OsusumeRecommendations);
