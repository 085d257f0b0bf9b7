import type { SampleTitle } from './titles.ts';

export interface Stories {
  /** of each title the title before and after it in its story, −1 = none; gaps in the order are skipped */
  readonly previous: Int32Array;
  readonly next: Int32Array;
}

export function storiesOf(titles: readonly SampleTitle[]): Stories {
  const previous = new Int32Array(titles.length).fill(-1);
  const next = new Int32Array(titles.length).fill(-1);
  const parts = new Map<string, number[]>();
  titles.forEach(({ franchise }, t) => {
    if (franchise === undefined) return;
    const story = parts.get(franchise);
    if (story) story.push(t);
    else parts.set(franchise, [t]);
  });
  for (const story of parts.values()) {
    story.sort((a, b) => (titles[a].order ?? 0) - (titles[b].order ?? 0));
    for (let k = 1; k < story.length; k++) {
      previous[story[k]] = story[k - 1];
      next[story[k - 1]] = story[k];
    }
  }
  return { previous, next };
}
