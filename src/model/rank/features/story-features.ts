/** Features of a candidate about its story: what the list has seen of it, before and after. */
import { type Profile, STATUS } from '../../../data/interactions.ts';
import { featurePlace } from '../feature-names.ts';
import type { ListFacts } from './list-facts.ts';

const NEW_STORY = featurePlace('new-story');
const EARLIER = featurePlace('earlier');
const LATER = featurePlace('later');
const EARLIER_NEARNESS = featurePlace('earlier-nearness');
const LATER_NEARNESS = featurePlace('later-nearness');
const PREREQUISITE_SEEN = featurePlace('prerequisite-seen');
const PREREQUISITE_WEIGHT = featurePlace('prerequisite-weight');
const ANY_DROPPED = featurePlace('any-dropped');
const ANY_WATCHING = featurePlace('any-watching');
const SHARE_SEEN = featurePlace('share-seen');
const RIVALS = featurePlace('rivals');
const FIRST_BY_SCORE = featurePlace('first-by-score');
const FIRST_BY_POSITION = featurePlace('first-by-position');

/** Owns what is counted over the candidates of one list. */
export class StoryFeatures {
  readonly #list: ListFacts;
  /** by story: its titles in the catalogue */
  readonly #sizes: Uint32Array;
  /** by story: candidates, the first position among them, and the place + 1 of the first met */
  readonly #rivals: Uint32Array;
  readonly #firstPositions: Uint32Array;
  readonly #firstPlaces: Uint32Array;

  constructor(list: ListFacts) {
    this.#list = list;
    const { stories } = list.titles.places;
    const { length } = list.firstOfStory;
    this.#sizes = new Uint32Array(length);
    for (let item = 0; item < stories.length; item++) this.#sizes[stories[item]]++;
    this.#rivals = new Uint32Array(length);
    this.#firstPositions = new Uint32Array(length);
    this.#firstPlaces = new Uint32Array(length);
  }

  /** @param order places of the candidates, best score first */
  countRivals(candidates: Uint32Array, order: Uint16Array): void {
    const { stories, positions } = this.#list.titles.places;
    for (let n = 0; n < candidates.length; n++) this.#rivals[stories[candidates[n]]] = 0;
    for (let n = 0; n < candidates.length; n++) {
      const item = candidates[order[n]];
      const story = stories[item];
      if (this.#rivals[story]++ === 0) {
        this.#firstPlaces[story] = order[n] + 1;
        this.#firstPositions[story] = positions[item];
      } else if (positions[item] < this.#firstPositions[story])
        this.#firstPositions[story] = positions[item];
    }
  }

  /**
   * @param place of the candidate among those that countRivals was called with
   * @param at where its numbers begin in `out`
   */
  write(profile: Profile, item: number, place: number, out: Float32Array, at: number): void {
    const { stories, positions } = this.#list.titles.places;
    const story = stories[item];
    const alone = story === 0;
    out[at + RIVALS] = alone ? 0 : Math.log(this.#rivals[story]);
    out[at + FIRST_BY_SCORE] = alone || this.#firstPlaces[story] === place + 1 ? 1 : 0;
    out[at + FIRST_BY_POSITION] = alone || this.#firstPositions[story] === positions[item] ? 1 : 0;
    this.#writePrerequisite(item, out, at);
    this.#writeSeen(profile, item, out, at);
  }

  #writePrerequisite(item: number, out: Float32Array, at: number): void {
    const { titles, statuses, weights } = this.#list;
    const first = titles.prerequisites[item];
    const seen = first >= 0 && statuses[first] > 0;
    out[at + PREREQUISITE_SEEN] = seen ? 1 : 0;
    out[at + PREREQUISITE_WEIGHT] = seen ? weights[first] : 0;
  }

  #writeSeen(profile: Profile, item: number, out: Float32Array, at: number): void {
    const { titles, firstOfStory, nextOfStory } = this.#list;
    const { stories, positions } = titles.places;
    const story = stories[item];
    const position = positions[item];
    let earlier = 0;
    let later = 0;
    let before = -1;
    let after = -1;
    let dropped = 0;
    let watching = 0;
    const start = story === 0 ? 0 : firstOfStory[story];
    for (let entry = start; entry > 0; entry = nextOfStory[entry - 1]) {
      const p = entry - 1;
      const other = profile.items[p];
      if (other === item) continue;
      if (profile.statuses[p] === STATUS.dropped) dropped = 1;
      if (profile.statuses[p] === STATUS.watching) watching = 1;
      if (positions[other] < position) {
        earlier++;
        if (before < 0 || positions[other] > positions[before]) before = other;
      } else {
        later++;
        if (after < 0 || positions[other] < positions[after]) after = other;
      }
    }
    out[at + NEW_STORY] = earlier + later === 0 ? 1 : 0;
    out[at + EARLIER] = Math.log1p(earlier);
    out[at + LATER] = Math.log1p(later);
    out[at + ANY_DROPPED] = dropped;
    out[at + ANY_WATCHING] = watching;
    out[at + SHARE_SEEN] = story === 0 ? 0 : (earlier + later) / this.#sizes[story];
    this.#writeNearest(before, position, out, at + EARLIER_NEARNESS);
    this.#writeNearest(after, position, out, at + LATER_NEARNESS);
  }

  /** Nearness, weight, deviation and whether it is completed, of a part of the story; −1 = none. */
  #writeNearest(part: number, position: number, out: Float32Array, at: number): void {
    const { titles, statuses, weights, deviations } = this.#list;
    const some = part >= 0;
    out[at] = some ? 1 / Math.max(1, Math.abs(titles.places.positions[part] - position)) : 0;
    out[at + 1] = some ? weights[part] : 0;
    out[at + 2] = some ? deviations[part] : 0;
    out[at + 3] = some && statuses[part] === STATUS.completed ? 1 : 0;
  }
}
