/** Options of the second stage; those of slim say how it is refitted for the lists to learn from. */
import { type Static, Type } from 'typebox';
import { count, section, share } from '../../config/fields.ts';
import { SlimOptions } from '../../config/model-options.ts';
import { RANK_TRAINING } from './training-options.ts';

const { seed, rate, decay, dropout, ...counts } = RANK_TRAINING;

export const RankOptions = section({
  ...SlimOptions.properties,
  /** with fewer training people it learns nothing, and the order is slim's */
  fewestPeople: count(1000),
  /** learn from people who are made up too, as those of the built-in sample are */
  synthetic: Type.Boolean({ default: false }),
  network: section({
    hidden1: count(counts.hidden1, 8),
    hidden2: count(counts.hidden2, 8),
    epochs: count(counts.epochs, 1),
    /** lists of a step */
    batch: count(counts.batch, 1),
    /** first learning rate */
    rate: Type.Number({ exclusiveMinimum: 0, default: rate }),
    decay: share(decay),
    dropout: Type.Number({ minimum: 0, maximum: 0.9, default: dropout }),
    /** pairs count of which one is among so many first candidates */
    first: count(counts.first, 1),
  }),
  seed: Type.Integer({ default: seed }),
});
export type RankOptions = Static<typeof RankOptions>;
