/**
 * What is asked and what is recommended, as counts. No list is in it, and nothing about anybody.
 *
 * Each list counts as 1 whatever its length, shared equally by its titles, and a title's part by its genres: otherwise one
 * list of 2,000 titles would outweigh 500 people who name four.
 */
import { type Static, Type } from 'typebox';
import { DECILES, LENGTH_BINS } from './title-bins.ts';

const weight = () => Type.Number({ minimum: 0 });
const closed = { additionalProperties: false };

const counted = {
  lists: Type.Integer({ minimum: 0, description: 'lists with at least one title' }),
  genre: Type.Record(Type.String(), weight()),
  popularity: Type.Array(weight(), {
    minItems: DECILES,
    maxItems: DECILES,
    description: 'by tenths of what people list, the most listed titles first',
  }),
};

export const Traffic = Type.Object(
  {
    asked: Type.Object(
      {
        ...counted,
        listLength: Type.Array(weight(), {
          minItems: LENGTH_BINS,
          maxItems: LENGTH_BINS,
          description: 'lists by their number of titles, empty ones first',
        }),
      },
      closed,
    ),
    recommended: Type.Object(counted, closed),
  },
  closed,
);
export type Traffic = Static<typeof Traffic>;

/** What traffic is compared with: the lists of the training data, and what the bundle's own model recommends for some of them. */
export const TrafficBaseline = Type.Object(
  {
    format: Type.Literal(1),
    /** of popularityBounds() */
    popularityBounds: Type.Array(Type.Integer({ minimum: 0 }), {
      minItems: DECILES - 1,
      maxItems: DECILES - 1,
    }),
    ...Traffic.properties,
  },
  closed,
);
export type TrafficBaseline = Static<typeof TrafficBaseline>;

/** What a server has counted, and what that is compared with. */
export const BundleTraffic = Type.Object(
  {
    bundle: Type.String(),
    since: Type.String({ description: 'when the oldest hour that is counted began' }),
    ...Traffic.properties,
    baseline: TrafficBaseline,
  },
  closed,
);
export type BundleTraffic = Static<typeof BundleTraffic>;
