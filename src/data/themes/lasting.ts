/** Themes that later parts of a story share with what they follow: their synopses seldom say them again. */

export const LASTING: ReadonlySet<string> = new Set(
  (
    'isekai reincarnation virtual-world game-like-fantasy demon-lord overpowered-hero iyashikei parenthood ' +
    'adult-cast band idols classical-music dance manga-making otaku-culture school-club ' +
    'magic-school teachers outdoors anthropomorphic monster-girls ' +
    'monster-taming card-games board-games gambling video-games mind-games villain-protagonist ' +
    'detective spies bounty-hunters dystopia post-apocalyptic robots giant-robots ' +
    'space-travel zombies vampires youkai magical-girl exorcists pirates ninja swordplay ' +
    'feudal-japan maids cute-girls reverse-harem soccer baseball basketball volleyball tennis boxing racing ' +
    'water-sports medicine steampunk'
  ).split(' '),
);
