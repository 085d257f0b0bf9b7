/** Metrics of lists: their stages, what rules were in force, and what was recommended. */
import type { Registry } from 'prom-client';
import type { Anime } from '../../data/anime.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import type { RankingWatch, Recommendation } from '../../recommend/ranker.ts';
import { DEFAULT_RULES, type Rules } from '../../recommend/rules.ts';
import type { RequestTraces } from '../../watch/tracing.ts';
import type { RecommendedCounts } from '../state/recommended-counts.ts';
import { type DurationSeries, Durations } from './durations.ts';

type Prom = typeof import('prom-client');

export type Stage = 'read' | 'score' | 'rules' | 'write';

/** Seconds: a stage takes tenths of a millisecond. */
const BUCKETS = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5];

/** Titles that count as popular: those that most people have on their lists. */
const POPULAR = 100;

export class ListMetrics {
  readonly stages = new Durations<'stage'>({
    name: 'osusume_stage_duration_seconds',
    help: 'Of a list: reading and checking the request, scoring all titles, rules and reasons, writing the answer',
    labelNames: ['stage'],
    buckets: BUCKETS,
  });
  readonly #stages: Readonly<Record<Stage, DurationSeries>>;
  readonly #traces: Pick<RequestTraces, 'stage'> | undefined;
  // Counted here and handed over when somebody asks: a counter of the library costs as much as a stage of a list.
  readonly #lists = new Map<string, { count: number }>();
  /** lists with the default rules */
  #defaults = 0;
  /** of other lists: how often each rule was in force */
  readonly #rules = new Map<string, number>();
  #popular = 0;
  #others = 0;

  constructor(
    { Counter, Gauge }: Prom,
    registry: Registry,
    recommended: Pick<RecommendedCounts, 'titles'>,
    traces?: Pick<RequestTraces, 'stage'>,
  ) {
    this.#traces = traces;
    const of = (stage: Stage) => this.stages.of({ stage });
    this.#stages = { read: of('read'), score: of('score'), rules: of('rules'), write: of('write') };
    const counter = <Label extends string>(
      about: { name: string; help: string; label: Label },
      counts: () => Iterable<readonly [string, number]>,
    ) =>
      new Counter({
        name: about.name,
        help: about.help,
        labelNames: [about.label],
        registers: [registry],
        collect() {
          this.reset();
          for (const [value, count] of counts())
            this.inc({ [about.label]: value } as Partial<Record<Label, string>>, count);
        },
      });
    counter(
      {
        name: 'osusume_recommendations_total',
        help: 'Lists that have been made, by the bundle that they were made from',
        label: 'bundle',
      },
      () => Array.from(this.#lists, ([version, { count }]) => [version, count] as const),
    );
    counter(
      {
        name: 'osusume_rules_applied_total',
        help: 'Lists for which a rule was in force',
        label: 'rule',
      },
      () => this.#rulesApplied(),
    );
    counter(
      {
        name: 'osusume_recommended_titles_total',
        help: `Titles in all lists; popular: one of the ${POPULAR} that most people have listed`,
        label: 'popular',
      },
      () => [
        ['true', this.#popular],
        ['false', this.#others],
      ],
    );
    new Gauge({
      name: 'osusume_recommended_titles_distinct',
      help: 'Different titles that have been recommended since the start',
      registers: [registry],
      collect() {
        this.set(recommended.titles);
      },
    });
  }

  /** @param milliseconds that the stage of the running request has taken */
  took(stage: Stage, milliseconds: number): void {
    this.#stages[stage].observe(milliseconds / 1000);
    this.#traces?.stage(stage, milliseconds);
  }

  /** Observes the lists that a bundle's ranker makes. */
  watch({ version, catalogue }: Pick<Bundle, 'version' | 'catalogue'>): RankingWatch {
    const lists = this.#lists.get(version) ?? { count: 0 };
    this.#lists.set(version, lists);
    const popular = popularIn(catalogue);
    return (list, rules, { score, rules: rulesAndReasons }) => {
      this.took('score', score);
      this.took('rules', rulesAndReasons);
      lists.count++;
      if (rules === DEFAULT_RULES) this.#defaults++;
      else add(this.#rules, inForce(rules), 1);
      const found = countIn(list, popular);
      this.#popular += found;
      this.#others += list.length - found;
    };
  }

  #rulesApplied(): Map<string, number> {
    const counts = new Map(this.#rules);
    if (this.#defaults > 0) add(counts, inForce(DEFAULT_RULES), this.#defaults);
    return counts;
  }
}

/** 1 at the animeId of each popular title */
function popularIn(catalogue: readonly Anime[]): Uint8Array {
  const byMembers = [...catalogue].sort((a, b) => b.members - a.members);
  const ids = byMembers.slice(0, POPULAR).map(({ animeId }) => animeId);
  const popular = new Uint8Array(1 + Math.max(0, ...ids));
  for (const animeId of ids) popular[animeId] = 1;
  return popular;
}

function countIn(list: readonly Recommendation[], popular: Uint8Array): number {
  let found = 0;
  for (const { anime } of list) found += popular[anime.animeId] ?? 0;
  return found;
}

function add(counts: Map<string, number>, names: readonly string[], count: number): void {
  for (const name of names) counts.set(name, count + (counts.get(name) ?? 0));
}

/** Names of the rules that may change a list. */
function inForce(rules: Rules): readonly string[] {
  const { seen, adult, planned, prerequisites, franchise, familiar } = rules;
  const { years, minMembers, niche, variety } = rules;
  const isInForce: Readonly<Record<keyof Rules, boolean>> = {
    seen: !seen,
    adult: !adult,
    planned: !planned,
    prerequisites,
    franchise,
    familiar,
    types: rules.types.length > 0,
    genresIn: rules.genresIn.length > 0,
    genresOut: rules.genresOut.length > 0,
    years: years !== null,
    episodes: rules.episodes !== null,
    maxDuration: rules.maxDuration !== null,
    minScore: rules.minScore > 0,
    airing: rules.airing !== 'any',
    studiosIn: rules.studiosIn.length > 0,
    studiosOut: rules.studiosOut.length > 0,
    themesIn: rules.themesIn.length > 0,
    themesOut: rules.themesOut.length > 0,
    ageRating: rules.ageRating !== null,
    sequels: !rules.sequels,
    dropped: !rules.dropped,
    extras: !rules.extras,
    unaired: !rules.unaired,
    minMembers: minMembers > 0,
    without: rules.without.length > 0,
    niche: niche !== 0,
    variety: variety > 0,
  };
  return Object.entries(isInForce).flatMap(([name, is]) => (is ? [name] : []));
}
