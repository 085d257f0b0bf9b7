/** Recommendations as shelves: by what they are for. */
import { type Static, Type } from 'typebox';
import { SHELF_IDS } from '../recommend/shelves/shelf.ts';
import { CardSchema } from './anime.ts';
import { bundleVersion, ignored, named, strict } from './fields.ts';
import { EXAMPLE, RecommendationSchema, RecommendationsBody } from './recommendations.ts';

export const ShelvesBody = Type.Object(RecommendationsBody.properties, {
  ...strict,
  title: 'ShelvesRequest',
  description: '`limit` is that of the shelf "for-you"; the others have at most 12 titles',
  examples: [EXAMPLE],
});
export type ShelvesBody = Static<typeof ShelvesBody>;

export const ShelfSchema = Type.Object(
  {
    id: Type.Enum([...SHELF_IDS], {
      description:
        'for-you: what suits the whole list, to discover; stories: parts of stories that are begun; people: what people with such lists like; gems: little known and scored high; because: like one title that is loved',
    }),
    seed: Type.Optional({
      ...CardSchema,
      description: 'of "because": the loved title that the others are like',
    }),
    items: Type.Array(RecommendationSchema),
  },
  named('Shelf'),
);
export type Shelf = Static<typeof ShelfSchema>;

export const ShelvesSchema = Type.Object(
  {
    shelves: Type.Array(ShelfSchema, {
      description:
        'no title is on two of them, and the rules hold on each; one with fewer than 3 titles is left out, except "for-you"',
    }),
    ignored,
    bundle: bundleVersion,
  },
  named('Shelves'),
);
export type Shelves = Static<typeof ShelvesSchema>;
