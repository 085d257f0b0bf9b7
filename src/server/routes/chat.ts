/** A wish in words, answered with what was understood and the list that follows. Nothing of it is kept. */

import { ChatBody, ChatSchema } from '../../api/chat.ts';
import { chat } from '../../chat/chat.ts';
import { wordingOf } from '../../explain/language.ts';
import type { TextGeneration } from '../../explain/text-generation.ts';
import { checkedListOf } from '../answers/recommend-for.ts';
import { recommendationsJson, titlesJson } from '../fast-list/anime-json.ts';
import { clientAbortSignal } from '../http/client-abort.ts';
import type { App } from '../http/fastify.ts';
import { visitorOf } from '../http/visitor.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

const CHAT = operation({
  operationId: 'chat',
  tag: 'Recommendations',
  summary: 'A wish in words: titles to start from, rules, and the list that follows',
  answer: ChatSchema,
  problems: [400, 413, 415, 503],
});

export function chatRoutes(app: App, bundles: CurrentBundle, { access }: TextGeneration): void {
  app.post('/api/chat', { schema: { ...CHAT, body: ChatBody } }, (request, reply) =>
    bundles.use(async (bundle) => {
      const { message, ratings = [], limit, because } = request.body;
      checkedListOf(ratings);
      const answer = await chat(bundle, access, {
        message,
        ratings,
        wording: wordingOf(request.body),
        limit,
        because,
        visitor: visitorOf(request.ip),
        signal: clientAbortSignal(reply),
      });
      const { said, rules, by, why } = answer;
      bundles.recommended.add(bundle, answer.list.items);
      const own = JSON.stringify({ said, by, why, rules }).slice(0, -1);
      const seeds = titlesJson(answer.seeds).toString().slice('{"items":'.length, -1);
      const list = recommendationsJson(bundle, answer.list, answer.ignored).toString().slice(1);
      return reply.type('application/json').send(`${own},"seeds":${seeds},${list}`);
    }),
  );
}
