/** The element's parts as nodes. Titles come from anywhere: they are set as text, never as markup. */
import type { Card, Recommendation } from '../api/client.ts';
import { hueOf, paletteOf } from '../data/palette.ts';
import type { Messages } from './messages.ts';

const MOST_CAUSES = 2;
/** A smaller second share says nothing, and two that are more than all say too much: others speak against the title. */
const SMALLEST = 0.05;

export interface RenderOptions {
  readonly messages: Messages;
  /** titles in Japanese where there is one */
  readonly japanese: boolean;
  /** what titles that are reasons are called, where that is not the name they came with */
  readonly names: ReadonlyMap<number, string>;
  readonly linkOf: (animeId: number) => string;
}

/** An element with a class, which is also its part for styles from outside. */
export function node<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  name: string,
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (name) {
    made.className = name;
    made.part.add(name);
  }
  made.append(...inside);
  return made;
}

export function itemNode(recommendation: Recommendation, shown: RenderOptions): HTMLLIElement {
  const { anime, because, insteadOf } = recommendation;
  const { messages, names, linkOf } = shown;
  const nameOf = (named: { animeId: number; title: string }) =>
    names.get(named.animeId) ?? named.title;
  const title = titleOf(anime, shown.japanese);
  const link = node('a', 'link', posterNode(anime, title), node('span', 'title', title));
  link.href = linkOf(anime.animeId);
  link.dataset.anime = String(anime.animeId);
  const causes = because
    .slice(0, MOST_CAUSES)
    .filter(({ share }, at, [first]) => at === 0 || (share >= SMALLEST && first.share + share <= 1))
    .map((cause) => [nameOf(cause), messages.percent(percentOf(cause.share))] as const);
  const why = insteadOf ? messages.before(nameOf(insteadOf)) : messages.because(causes);
  return node('li', 'item', link, factsNode(anime, messages), node('p', 'because', why));
}

/** A list's place while it is being made. */
export function skeletonNode(count: number): HTMLOListElement {
  const items = Array.from({ length: count }, () =>
    node('li', '', node('span', 'poster'), node('span', 'bar'), node('span', 'bar')),
  );
  const list = node('ol', 'waiting', ...items);
  list.ariaHidden = 'true';
  return list;
}

function titleOf({ title, titleJapanese }: Card, japanese: boolean): string {
  return (japanese && titleJapanese) || title;
}

/** Stands until a picture comes, and where none does. */
function posterNode({ animeId, genres }: Card, title: string): HTMLElement {
  const main = hueOf(genres, 0, (animeId * 47) % 360);
  const palette = paletteOf(main, hueOf(genres, 1, main + 40), ((animeId * 7) % 45) / 100);
  const poster = node('span', 'poster');
  const colours = {
    from: palette.ground[0],
    to: palette.ground[1],
    hill: palette.inks[0],
    ink: palette.inks[1],
    letters: palette.band,
  };
  for (const [name, colour] of Object.entries(colours))
    poster.style.setProperty(`--${name}`, colour);
  poster.append(node('span', 'moon'), node('span', 'hill'), node('span', 'sign', title));
  poster.ariaHidden = 'true';
  return poster;
}

function factsNode({ year, type, episodes, meanScore }: Card, messages: Messages): HTMLElement {
  const facts = [
    year,
    type && messages.type(type),
    episodes !== null && type !== 'Movie' ? messages.episodes(episodes) : null,
  ];
  const line = node('p', 'facts', facts.filter((fact) => fact !== null).join(' · '));
  if (meanScore !== null) line.append(' · ', node('span', 'score', meanScore.toFixed(1)));
  return line;
}

/** Never "0 %" for something that counts, nor more than all of it. */
function percentOf(share: number): number {
  return Math.min(100, Math.max(1, Math.round(share * 100)));
}
