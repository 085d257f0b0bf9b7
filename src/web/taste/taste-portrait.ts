/** Describes a taste in a few sentences: what stands out most comes first. */
import type { Taste } from '../../api/client.ts';
import type { Messages } from '../i18n/en.ts';
import type { Named } from '../title/title-names.ts';
import type { TasteMessages } from './messages-en.ts';

export type Preference = Taste['genres'][number];

/** Preferences with a smaller z-score than this may be chance. */
const SURE = 1.5;
/** The smallest difference from everyone's scores that is mentioned. */
const APART = 0.3;

interface Language {
  readonly messages: Messages;
  readonly taste: TasteMessages;
  readonly nameOf: (anime: Named) => string;
}

export function portraitOf(taste: Taste, { messages, taste: labels, nameOf }: Language): string[] {
  const { portrait } = labels;
  const { higher, lower } = taste.surprises;
  const sentences: string[] = [];
  const favoured = taste.genres.filter(({ sure }) => sure >= SURE).slice(0, 3);
  const avoided = taste.genres
    .filter(({ sure }) => sure <= -SURE)
    .slice(-2)
    .reverse();
  if (favoured.length > 0) {
    const [{ kind, mine, everyone }] = favoured;
    sentences.push(portrait.favours(favoured.map(kindOf)));
    sentences.push(portrait.share(messages.genres[kind] ?? String(kind), mine, everyone));
  }
  if (avoided.length > 0) sentences.push(portrait.avoids(avoided.map(kindOf)));
  if (favoured.length + avoided.length === 0) sentences.push(portrait.even);
  const [decade] = taste.decades;
  if (decade && decade.sure >= SURE) sentences.push(portrait.decade(Number(decade.kind)));
  if (taste.scale.aboveCrowd !== null) {
    const points = taste.scale.aboveCrowd;
    if (Math.abs(points) < APART) sentences.push(portrait.same);
    else sentences.push(points > 0 ? portrait.higher(points) : portrait.lower(-points));
  }
  const [steers] = taste.steering;
  if (steers) sentences.push(portrait.steers(nameOf(steers.anime)));
  const [most] = [...higher.slice(0, 1), ...lower.slice(0, 1)].sort(
    (a, b) => Math.abs(b.rating - b.predicted) - Math.abs(a.rating - a.predicted),
  );
  if (most) sentences.push(portrait.surprise(nameOf(most.anime), most.rating, most.predicted));
  return sentences;
}

function kindOf({ kind }: Preference): string {
  return String(kind);
}

/** The kinds for a chart: the surest of both ends, most favoured first. */
export function endsOf(preferences: readonly Preference[], most: number): readonly Preference[] {
  const notable = preferences.filter(({ mine, everyone }) => Math.max(mine, everyone) >= 0.01);
  const half = Math.floor(most / 2);
  const ends =
    notable.length <= most ? notable : [...notable.slice(0, most - half), ...notable.slice(-half)];
  return [...ends].sort((a, b) => b.lean - a.lean);
}
