/** The tags of the sample's titles (titles/*.txt) that are themes, and which. Tags that are ids of themes stand for themselves. */
import { realTitles } from './titles.ts';

/** theme: tags that mean it, beside its own id */
const TAGS: Readonly<Record<string, string>> = {
  isekai: 'portal-fantasy',
  'virtual-world': 'vr-game trapped-in-game',
  'game-like-fantasy': 'rpg guild dungeon adventurers',
  'overpowered-hero': 'overpowered',
  food: 'cooking',
  iyashikei: 'healing',
  cozy: 'wholesome',
  sad: 'tearjerker',
  family: 'family-life family-bonds',
  'adult-cast': 'adults',
  workplace: 'office',
  'living-together': 'dorm boarding-house',
  band: 'rock',
  idols: 'idol',
  'classical-music': 'orchestra piano',
  acting: 'theatre rakugo',
  'manga-making': 'anime-making',
  art: 'art-school',
  'otaku-culture': 'otaku',
  'school-club': 'club',
  teachers: 'teacher',
  'rural-life': 'rural agriculture village',
  journey: 'road-trip wanderer',
  outdoors: 'outdoor',
  animals: 'cats dogs',
  anthropomorphic: 'beast-people',
  'monster-taming': 'monster-collecting monster-partner',
  'card-games': 'card-game',
  'board-games': 'shogi karuta',
  'video-games': 'gamers',
  'mind-games': 'cat-and-mouse',
  'death-game': 'battle-royale',
  'villain-protagonist': 'antihero',
  'organized-crime': 'yakuza mafia crime-underworld',
  'murder-mystery': 'murder serial-killer',
  heist: 'thieves',
  spies: 'agents',
  'bounty-hunters': 'mercenaries',
  politics: 'court',
  war: 'space-war',
  'post-apocalyptic': 'post-apocalypse',
  robots: 'android',
  'giant-robots': 'real-robot super-robot',
  'space-travel': 'spaceship space-opera',
  vampires: 'vampire-girl',
  witches: 'witch',
  'magical-girl': 'dark-magical-girl',
  gods: 'goddess',
  immortality: 'immortals',
  'feudal-japan': 'edo sengoku bakumatsu shinsengumi heian',
  maids: 'maid',
  'cute-girls': 'cgdct',
  'absurd-humor': 'absurd',
  surreal: 'experimental',
  soccer: 'football',
  baseball: 'pitcher',
  tennis: 'racket-sport',
  boxing: 'combat-sport',
  racing: 'motorbike',
};

const THEMES_OF = new Map<string, string>(
  Object.entries(TAGS).flatMap(([theme, tags]) => tags.split(' ').map((tag) => [tag, theme])),
);

export interface TaggedTitle {
  readonly animeId: number;
  readonly title: string;
  /** ids of themes, and tags that are none */
  readonly tags: readonly string[];
}

/** The real titles of the sample with what their tags say. */
export async function taggedTitles(): Promise<TaggedTitle[]> {
  return (await realTitles()).map(({ id, title, tags }) => ({
    animeId: id,
    title,
    tags: tags.map((tag) => THEMES_OF.get(tag) ?? tag),
  }));
}
