/** The motif of each genre: a small composition of SVG paths, 225 × 318 units. */
import type { Random } from '../../data/random.ts';
import {
  at,
  bar,
  between,
  crescent,
  disc,
  HEIGHT,
  hill,
  petalAt,
  ridge,
  ringed,
  round,
  type Shape,
  shape,
  WIDTH,
  windows,
} from './paths.ts';

type Motif = (random: Random) => Shape[];

export function motifOf(genre: string | null): Motif {
  return MOTIFS[MOTIF_OF[genre ?? ''] ?? 'sun'];
}

const MOTIF_OF: Record<string, keyof typeof MOTIFS> = {
  ...{ Mecha: 'facets', Military: 'facets', Police: 'skyline', Space: 'orbit', 'Sci-Fi': 'orbit' },
  ...{ Cars: 'speed', Sports: 'speed', Music: 'bars', Horror: 'shards', Vampire: 'shards' },
  ...{
    Samurai: 'ridges',
    Historical: 'ridges',
    Fantasy: 'ridges',
    Adventure: 'ridges',
    Demons: 'shards',
  },
  ...{
    Kids: 'dots',
    Game: 'dots',
    Comedy: 'dots',
    Parody: 'dots',
    Magic: 'petals',
    Romance: 'petals',
  },
  ...{ Shoujo: 'petals', Josei: 'petals', Harem: 'petals', Ecchi: 'petals', Mystery: 'ripples' },
  ...{ Thriller: 'skyline', Seinen: 'skyline', Psychological: 'ripples', Dementia: 'ripples' },
  ...{ Supernatural: 'ripples', 'Martial Arts': 'rays', 'Super Power': 'rays', Action: 'rays' },
  ...{ Shounen: 'rays', 'Slice of Life': 'sun', School: 'sun', Drama: 'sea' },
};

/** A low sun cut by lines of haze, over rolling hills. */
const sun: Motif = (random) => {
  const x = between(random, 70, 150);
  const y = between(random, 110, 160);
  const radius = between(random, 48, 70);
  const haze = [0, 1, 2, 3].map((line) => {
    const top = y + 8 + line * 15;
    return shape(bar(0, top, WIDTH, 2 + line * 1.6), 0, 0.9);
  });
  const hills = [0, 1, 2].map((row) =>
    shape(hill(random, 214 + row * 34, 26), row as 0 | 1 | 2, 1),
  );
  return [
    shape(disc(x, y, radius * 1.5), 1, 0.18),
    shape(disc(x, y, radius), 2, 1),
    ...haze,
    ...hills,
  ];
};

/** Mountains behind mountains, and a moon. */
const ridges: Motif = (random) => {
  const moon = [
    between(random, 50, 165),
    between(random, 56, 96),
    between(random, 22, 40),
  ] as const;
  const rows = [0, 1, 2].map((row) =>
    shape(ridge(random, 168 + row * 46, 62 - row * 10), row as 0 | 1 | 2, 1),
  );
  return [
    shape(disc(...moon), 2, 0.95),
    shape(disc(moon[0], moon[1], moon[2] * 1.7), 2, 0.12),
    ...rows,
  ];
};

/** Light bursting from a low corner. */
const rays: Motif = (random) => {
  const x = random() < 0.5 ? between(random, 20, 70) : between(random, 150, 200);
  const y = between(random, 200, 262);
  const count = 13 + Math.floor(random() * 5);
  const turn = random();
  const beams = Array.from({ length: count }, (_, beam) => {
    const from = ((beam + turn) / count) * 2 * Math.PI;
    const to = from + (Math.PI / count) * 0.95;
    const edge = (angle: number) => at(x + Math.cos(angle) * 420, y + Math.sin(angle) * 420);
    return shape(`M${at(x, y)}L${edge(from)}L${edge(to)}Z`, beam % 3 === 0 ? 1 : 0, 0.85);
  });
  return [...beams, shape(disc(x, y, 58), 1, 1), shape(disc(x, y, 40), 2, 1)];
};

/** A ringed planet among stars. */
const orbit: Motif = (random) => {
  const x = between(random, 80, 145);
  const y = between(random, 150, 215);
  const radius = between(random, 46, 72);
  const tilt = between(random, -28, 28);
  const stars = Array.from({ length: 46 }, () =>
    shape(
      disc(random() * WIDTH, random() * HEIGHT, 0.5 + random() ** 3 * 2),
      2,
      0.4 + random() * 0.5,
    ),
  );
  const rings = [1.55, 1.75, 2.02].map((scale, ring) =>
    shape(ringed(x, y, radius * scale, radius * scale * 0.24, tilt, ring === 1 ? 5 : 2), 2, 0.9),
  );
  const shade = crescent(x, y, radius);
  return [...stars, shape(disc(x, y, radius), 1, 1), shape(shade, 0, 0.75), ...rings];
};

/** Plates of armour, cut by straight lines. */
const facets: Motif = (random) => {
  const centre = [between(random, 90, 140), between(random, 120, 180)] as const;
  const count = 9;
  const rim = Array.from({ length: count }, (_, corner) => {
    const angle = ((corner + random() * 0.6) / count) * 2 * Math.PI;
    const reach = between(random, 110, 220);
    return [centre[0] + Math.cos(angle) * reach, centre[1] + Math.sin(angle) * reach] as const;
  });
  const plates = rim.map((from, corner) => {
    const to = rim[(corner + 1) % count];
    const d = `M${at(...centre)}L${at(...from)}L${at(...to)}Z`;
    return shape(d, (corner % 3) as 0 | 1 | 2, 0.55 + random() * 0.4);
  });
  const eye = `M${at(centre[0] - 34, centre[1])}l24 -7h20l24 7l-24 9h-20Z`;
  return [...plates, shape(eye, 2, 1), shape(disc(centre[0], centre[1] + 1, 4), 0, 1)];
};

/** Everything leaning forward. */
const speed: Motif = (random) => {
  const lines = Array.from({ length: 15 }, (_, line) => {
    const y = line * 26 - 40 + random() * 14;
    const x = between(random, -60, 120);
    const length = between(random, 60, 260);
    const thick = 2 + random() ** 2 * 20;
    const d = `M${at(x, y + 60)}l${at(length, -length * 0.5)}v${round(thick)}l${at(-length, length * 0.5)}Z`;
    return shape(d, (line % 3) as 0 | 1 | 2, 0.9);
  });
  const ball = disc(between(random, 130, 170), between(random, 80, 120), 30);
  return [...lines, shape(ball, 2, 1)];
};

/** An equaliser, mirrored in a floor. */
const bars: Motif = (random) => {
  const floor = 226;
  const phase = random() * 6;
  return Array.from({ length: 15 }, (_, column) => {
    const x = 8 + column * 14.2;
    const tall = 34 + 120 * Math.abs(Math.sin(column * 0.55 + phase)) * (0.55 + random() * 0.45);
    const ink = (column % 4 === 1 ? 2 : column % 2) as 0 | 1 | 2;
    return [
      shape(bar(x, floor - tall, 9, tall, 4.5), ink, 1),
      shape(bar(x, floor + 6, 9, tall * 0.36, 4.5), ink, 0.3),
    ];
  }).flat();
};

/** Petals on the wind, before a round window. */
const petals: Motif = (random) => {
  const x = between(random, 80, 145);
  const y = between(random, 125, 190);
  const falling = Array.from({ length: 26 }, (_, petal) => {
    const size = 5 + random() ** 2 * 17;
    const d = petalAt(random() * WIDTH, random() * HEIGHT, size, random() * 360);
    return shape(d, petal % 3 === 0 ? 2 : 1, 0.55 + random() * 0.45);
  });
  return [shape(disc(x, y, 86), 0, 0.85), shape(disc(x, y, 66), 1, 0.5), ...falling];
};

/** Rings from something that fell in. */
const ripples: Motif = (random) => {
  const x = between(random, 40, 185);
  const y = between(random, 110, 240);
  const rings = Array.from({ length: 9 }, (_, ring) => {
    const radius = 18 + ring ** 1.32 * 17;
    return shape(
      ringed(x, y, radius, radius * 0.92, ring * 3, 9 - ring * 0.75),
      (ring % 2) as 0 | 1,
      0.9,
    );
  });
  return [...rings.reverse(), shape(disc(x, y, 12), 2, 1)];
};

/** Teeth, from above and from below. */
const shards: Motif = (random) => {
  const teeth = (base: number, reach: number, ink: 0 | 1 | 2) => {
    let d = `M${at(-10, base)}`;
    for (let x = -10; x < WIDTH + 10; ) {
      const wide = between(random, 14, 44);
      d += `L${at(x + wide * 0.5, base + reach * (0.3 + random() * 0.7))}L${at(x + wide, base)}`;
      x += wide;
    }
    return shape(`${d}Z`, ink, 0.95);
  };
  const eye = disc(between(random, 80, 145), between(random, 140, 175), between(random, 24, 38));
  return [
    shape(eye, 2, 1),
    teeth(-2, 150, 0),
    teeth(-2, 90, 1),
    teeth(320, -150, 0),
    teeth(320, -84, 1),
  ];
};

/** Printed dots that swell towards a corner. */
const dots: Motif = (random) => {
  const x = random() < 0.5 ? 0 : WIDTH;
  const y = random() < 0.5 ? 60 : HEIGHT;
  const d = [];
  for (let row = 0; row < 20; row++) {
    for (let column = 0; column < 14; column++) {
      const cx = column * 18 + (row % 2) * 9;
      const cy = row * 17;
      const radius = 9.4 - Math.hypot(cx - x, cy - y) / 30;
      if (radius > 0.7) d.push(disc(cx, cy, radius));
    }
  }
  const face = disc(between(random, 85, 140), between(random, 130, 190), between(random, 44, 60));
  return [shape(d.join(''), 1, 0.85), shape(face, 2, 1)];
};

/** A city at night: towers with lit windows. */
const skyline: Motif = (random) => {
  const moon = disc(between(random, 50, 170), between(random, 60, 100), between(random, 18, 30));
  const row = (base: number, ink: 0 | 1 | 2) => {
    const towers: Shape[] = [];
    for (let x = -6; x < WIDTH; ) {
      const wide = between(random, 20, 40);
      const top = base - random() * 90;
      towers.push(shape(bar(x, top, wide, HEIGHT - top), ink, 1));
      if (ink === 0) towers.push(shape(windows(random, x, top, wide), 2, 0.85));
      x += wide + (ink === 0 ? 5 : 0);
    }
    return towers;
  };
  return [shape(moon, 2, 1), ...row(190, 1), ...row(262, 0)];
};

/** Long waves under an empty sky. */
const sea: Motif = (random) => {
  const glow = disc(between(random, 60, 165), between(random, 90, 140), between(random, 30, 46));
  const waves = Array.from({ length: 7 }, (_, wave) =>
    shape(hill(random, 168 + wave * 23, 12), (wave % 3) as 0 | 1 | 2, wave % 3 === 2 ? 0.35 : 0.9),
  );
  return [shape(glow, 2, 1), ...waves];
};

const MOTIFS = {
  sun,
  ridges,
  rays,
  orbit,
  facets,
  speed,
  bars,
  petals,
  ripples,
  shards,
  dots,
  skyline,
  sea,
};
