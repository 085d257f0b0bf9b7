/** Metrics of lists: their stages, what rules were in force, and what was recommended. */
import type { Counter, Registry } from 'prom-client';
import type { Anime } from '../../data/anime.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import type { RankingTimes, RankingWatch, Recommendation } from '../../recommend/ranker.ts';
import { DEFAULT_RULES, type Rules } from '../../recommend/rules.ts';
import type { RequestTraces } from '../../watch/tracing.ts';
import type { RecommendedCounts } from '../state/recommended-counts.ts';

type Prom = typeof import('prom-client');

export type Stage = 'read' | 'score' | 'rules' | 'write';

/** Seconds: a stage takes tenths of a millisecond. */
const BUCKETS = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5];

/** Titles that count as popular: those that most people have on their lists. */
const POPULAR = 100;

export class ListMetrics {
  readonly #stages: Readonly<Record<Stage, { observe(seconds: number): void }>>;
  readonly #lists: Counter<'bundle'>;
  readonly #rules: Counter<'rule'>;
  readonly #popular: { inc(by: number): void };
  readonly #others: { inc(by: number): void };
  readonly #traces: Pick<RequestTraces, 'stage'> | undefined;

  constructor(
    { Counter, Gauge, Histogram }: Prom,
    registry: Registry,
    recommended: Pick<RecommendedCounts, 'titles'>,
    traces?: Pick<RequestTraces, 'stage'>,
  ) {
    const registers = [registry];
    this.#traces = traces;
    const stages = new Histogram({
      name: 'osusume_stage_duration_seconds',
      help: 'Of a list: reading and checking the request, scoring all titles, rules and reasons, writing the answer',
      labelNames: ['stage'],
      buckets: BUCKETS,
      registers,
    });
    const of = (stage: Stage) => stages.labels({ stage });
    this.#stages = { read: of('read'), score: of('score'), rules: of('rules'), write: of('write') };
    this.#lists = new Counter({
      name: 'osusume_recommendations_total',
      help: 'Lists that have been made, by the bundle that they were made from',
      labelNames: ['bundle'],
      registers,
    });
    this.#rules = new Counter({
      name: 'osusume_rules_applied_total',
      help: 'Lists for which a rule was in force',
      labelNames: ['rule'],
      registers,
    });
    const titles = new Counter({
      name: 'osusume_recommended_titles_total',
      help: `Titles in all lists; popular: one of the ${POPULAR} that most people have listed`,
      labelNames: ['popular'],
      registers,
    });
    this.#popular = titles.labels({ popular: 'true' });
    this.#others = titles.labels({ popular: 'false' });
    new Gauge({
      name: 'osusume_recommended_titles_distinct',
      help: 'Different titles that have been recommended since the start',
      registers,
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

  /** What a bundle's ranker tells of each list. */
  watch({ version, catalogue }: Pick<Bundle, 'version' | 'catalogue'>): RankingWatch {
    const lists = this.#lists.labels({ bundle: version });
    const popular = popularIn(catalogue);
    return (list, rules, times) => {
      this.#ranked(times);
      lists.inc();
      for (const rule of inForce(rules)) this.#rules.inc({ rule });
      const found = countIn(list, popular);
      this.#popular.inc(found);
      this.#others.inc(list.length - found);
    };
  }

  #ranked({ score, rules }: RankingTimes): void {
    this.took('score', score);
    this.took('rules', rules);
  }
}

function popularIn(catalogue: readonly Anime[]): ReadonlySet<number> {
  const byMembers = [...catalogue].sort((a, b) => b.members - a.members);
  return new Set(byMembers.slice(0, POPULAR).map(({ animeId }) => animeId));
}

function countIn(list: readonly Recommendation[], popular: ReadonlySet<number>): number {
  let found = 0;
  for (const { anime } of list) if (popular.has(anime.animeId)) found++;
  return found;
}

/** Names of the rules that may change a list; most lists have the default ones. */
function inForce(rules: Rules): readonly string[] {
  return rules === DEFAULT_RULES ? DEFAULT_IN_FORCE : namesOf(rules);
}

function namesOf(rules: Rules): string[] {
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
    minMembers: minMembers > 0,
    without: rules.without.length > 0,
    niche: niche !== 0,
    variety: variety > 0,
  };
  return Object.entries(isInForce).flatMap(([name, is]) => (is ? [name] : []));
}

const DEFAULT_IN_FORCE = namesOf(DEFAULT_RULES);
