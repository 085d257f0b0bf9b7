/** The picture of a shared link. It is drawn from the link alone: nothing about who shares it is kept. */
import { PictureSchema } from '../../api/posters.ts';
import { ShareQuery } from '../../api/share.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import type { Card } from '../../share/card.ts';
import { CardCache, keyOf } from '../../share/card-cache.ts';
import { CardThread, TooManyCards } from '../../share/card-thread.ts';
import { titlesOf } from '../answers/shared-titles.ts';
import { cardHeading } from '../answers/shared-words.ts';
import { isKnown, weakTag } from '../http/etag.ts';
import type { App } from '../http/fastify.ts';
import { Problem } from '../http/problem.ts';
import { FOR_OTHER_ORIGINS } from '../http/security-headers.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

/** Names and posters of titles change with a bundle, and seldom. */
const CACHING = 'public, max-age=86400, stale-while-revalidate=604800';
/** Lists of recommendations that take as long as a picture, on the other thread. */
const WORK_OF_A_PICTURE = 200;
/** seconds */
const RETRY_AFTER = 3;

const PICTURE = operation({
  operationId: 'getSharePicture',
  tag: 'Lists',
  summary: 'The picture that sites show of a shared link, 1200 × 630 pixels',
  description:
    'Drawn from the drawn posters of the titles. A picture that is not cached costs as much as 200 lists.',
  answer: PictureSchema,
  type: 'image/png',
  problems: [400, 404, 503],
  cached: true,
});

export interface Cards {
  draw(card: Card): Promise<Uint8Array>;
  close(): Promise<void>;
}

export function shareRoutes(
  app: App,
  bundles: CurrentBundle,
  cards: Cards = new CardThread(),
): void {
  const cache = new CardCache((card) => cards.draw(card));
  app.addHook('onClose', () => cards.close());
  app.get(
    '/api/share/picture',
    { schema: { ...PICTURE, querystring: ShareQuery } },
    async (request, reply) => {
      const card = await bundles.use((bundle) => cardFor(bundle, request.query));
      const tag = weakTag(keyOf(card));
      reply.headers({ 'cache-control': CACHING, etag: tag, ...FOR_OTHER_ORIGINS });
      if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send();
      if (!cache.has(card)) request.charge(WORK_OF_A_PICTURE);
      try {
        return reply.type('image/png').send(await cache.get(card));
      } catch (error) {
        reply.header('cache-control', 'no-store').removeHeader('etag');
        if (error instanceof TooManyCards) throw busy();
        throw error;
      }
    },
  );
}

function cardFor(
  bundle: Bundle,
  { titles: ids, kind = 'list', of, language = 'en' }: ShareQuery,
): Card {
  const titles = titlesOf(bundle, [...new Set(ids.split(',').map(Number))]);
  if (titles.length === 0)
    throw new Problem(404, `None of these titles is in the catalogue: ${ids}`, 'titles');
  const count = Math.max(of ?? 0, titles.length);
  return {
    heading: cardHeading({ kind, titles, count }, language),
    titles: titles.map(({ animeId, title, type, year, genres, studios }) => ({
      animeId,
      name: title,
      type,
      year,
      genres,
      studios: studios.slice(0, 1),
    })),
  };
}

function busy(): Problem {
  return new Problem(
    503,
    'Too many pictures are being drawn at the moment. Try again in a few seconds',
    undefined,
    RETRY_AFTER,
  );
}
