/** A wish in words, answered with what was understood and the list that follows. Nothing of it is kept. */
import { chat } from '../../chat/chat.ts';
import type { Words } from '../../explain/open.ts';
import { recommendationsJson, titlesJson } from '../anime-json.ts';
import type { CurrentBundle } from '../current-bundle.ts';
import type { App } from '../fastify.ts';
import { leaving } from '../leaving.ts';
import { checkedListOf } from '../list-check.ts';
import { ChatBody } from '../schemas.ts';

export function chatRoutes(app: App, bundles: CurrentBundle, { access }: Words): void {
  app.post('/api/chat', { schema: { body: ChatBody } }, (request, reply) =>
    bundles.use(async (bundle) => {
      const { message, ratings = [], language = 'en', titles = 'romaji' } = request.body;
      const { limit, because } = request.body;
      checkedListOf(ratings);
      const answer = await chat(bundle, access, {
        message,
        ratings,
        manner: { language, titles },
        limit,
        because,
        visitor: request.ip,
        signal: leaving(reply),
      });
      const { said, rules, by, why } = answer;
      const own = JSON.stringify({ said, by, why, rules }).slice(0, -1);
      const seeds = titlesJson(answer.seeds).toString().slice('{"items":'.length, -1);
      const list = recommendationsJson(answer.items, [], bundle.version).toString().slice(1);
      return reply.type('application/json').send(`${own},"seeds":${seeds},${list}`);
    }),
  );
}
