/** Would somebody like one title: an expected score with its interval, and what speaks for and against. */
import { type Static, Type } from 'typebox';
import { COVERAGE } from '../recommend/opinion/expected-score.ts';
import { animeId, because, bundleVersion, id, ignored, named, nullable, strict } from './fields.ts';
import { ratings, status, whole } from './ratings.ts';
import { BecauseSchema, OrderSchema } from './recommendations.ts';
import { rulesOrNone } from './rules.ts';

const profile = {
  ratings,
  whole,
  rules: rulesOrNone('as for the list; only what they set aside counts here: it is no reason'),
  because,
};

export const OpinionBody = Type.Object(profile, {
  ...named('OpinionRequest'),
  examples: [{ ratings: [{ animeId: 5114, rating: 9 }] }],
});
export type OpinionBody = Static<typeof OpinionBody>;

/** The same with the title, for GraphQL. */
export const OpinionQuestion = Type.Object({ ...profile, animeId: id() }, strict);
export type OpinionQuestion = Static<typeof OpinionQuestion>;

export const ExpectedScoreSchema = Type.Object(
  {
    score: Type.Number({ description: '1–10' }),
    low: Type.Number({ description: 'where the interval begins' }),
    high: Type.Number({ description: 'where it ends' }),
    coverage: Type.Number({
      description: `the share of scores that lie in such intervals, as measured on people of the data set: ${COVERAGE}`,
    }),
    everyone: Type.Number({
      description:
        'what everyone’s mean says; with level and the points of all scores it adds up to the score, which is kept between 1 and 10',
    }),
    level: Type.Number({ description: 'how much higher the person scores than everyone' }),
    scored: Type.Integer({
      description: 'scores of the list that it is made from; 0 = it is what everyone gives',
    }),
  },
  named('ExpectedScore'),
);

export const ScorePointsSchema = Type.Object(
  {
    animeId,
    title: Type.String(),
    rating: Type.Integer({ description: '1–10, as the list has it' }),
    points: Type.Number({ description: 'what it adds to the expected score' }),
  },
  named('ScorePoints'),
);

const groups = OrderSchema.properties.shown.items;

export const OpinionSchema = Type.Object(
  {
    animeId,
    expected: ExpectedScoreSchema,
    raising: Type.Array(ScorePointsSchema, {
      description: 'scores of the list that raise the expected score most, strongest first',
    }),
    lowering: Type.Array(ScorePointsSchema, { description: 'those that lower it most' }),
    score: Type.Number({ description: 'as of a recommendation' }),
    prior: Type.Number({ description: 'as of a recommendation' }),
    because: Type.Array(BecauseSchema, {
      description: 'what adds most to that score, as for a recommendation',
    }),
    against: Type.Array(BecauseSchema, { description: 'what takes most from it' }),
    order: nullable(
      OrderSchema,
      'what the second stage makes of the title; null = the bundle has no second stage',
    ),
    speakingFor: Type.Array(groups, {
      description: 'its groups that count for the title and that the list bears out',
    }),
    speakingAgainst: Type.Array(groups, { description: 'those that count against it' }),
    listed: nullable(
      Type.Object({ rating: nullable(Type.Integer()), status: status() }, named('Listed')),
      'how the title stands on the list, whose other titles judge it; null = it does not',
    ),
    ignored,
    bundle: bundleVersion,
  },
  named('Opinion'),
);
export type Opinion = Static<typeof OpinionSchema>;
