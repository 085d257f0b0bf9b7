/** Builds the element's nodes. Titles are untrusted: they are set as text, never as markup. */
import type { Card, Recommendation } from '../api/client.ts';
import { hueOf, paletteOf } from '../data/palette.ts';
import type { Messages } from './messages.ts';
import { type NameOf, reasonText } from './reason.ts';

export interface RenderOptions {
  readonly messages: Messages;
  /** show Japanese titles where there are any */
  readonly japanese: boolean;
  /** other names for the titles given as reasons, by id */
  readonly names: ReadonlyMap<number, string>;
  readonly linkOf: (animeId: number) => string;
}

/** An element with a class and, for styles from outside, a part of the same name. */
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
  const { anime, insteadOf } = recommendation;
  const { messages, names, linkOf } = shown;
  const nameOf: NameOf = ({ animeId, title }) => names.get(animeId) ?? title;
  const title = titleOf(anime, shown.japanese);
  const link = node('a', 'link', posterNode(anime, title), node('span', 'title', title));
  link.href = linkOf(anime.animeId);
  link.dataset.anime = String(anime.animeId);
  const why = insteadOf
    ? messages.before(nameOf(insteadOf))
    : reasonText(recommendation, messages, nameOf);
  return node('li', 'item', link, factsNode(anime, messages), node('p', 'because', why));
}

/** A placeholder while the list is loading. */
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

/** Shown until a picture is loaded, or when there is none. */
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
