/** A wish in words, answered with what was understood and the list that follows. Nothing of it is kept. */

import { ChatBody, ChatSchema } from '../../api/chat.ts';
import { chat } from '../../chat/chat.ts';
import { wordingOf } from '../../explain/language.ts';
import type { TextGeneration } from '../../explain/text-generation.ts';
import { cardOf } from '../answers/card.ts';
import { checkedRatings } from '../answers/recommend-for.ts';
import { recommendationsAnswer } from '../answers/recommendations-answer.ts';
import { clientAbortSignal } from '../http/client-abort.ts';
import type { App } from '../http/fastify.ts';
import { visitorOf } from '../limits/visitor.ts';
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
      checkedRatings(ratings);
      const answer = await chat(bundle, access, {
        message,
        ratings,
        wording: wordingOf(request.body),
        limit,
        because,
        visitor: visitorOf(request.ip),
        signal: clientAbortSignal(reply),
      });
      const { said, rules, by, why, unread, profile, list, ignored } = answer;
      const [seeds, unwanted] = [answer.seeds, answer.unwanted].map((titles) => titles.map(cardOf));
      bundles.count(bundle, profile, list);
      return {
        ...{ said, by, why, rules, seeds, unwanted, unread },
        ...recommendationsAnswer(bundle, list, ignored),
      };
    }),
  );
}
