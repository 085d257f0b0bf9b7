/** What every route answers when a request cannot be answered. */
import { type Static, Type } from 'typebox';
import { named } from './fields.ts';

export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'about:blank: the status says it all' }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String({ description: 'what was asked, what is wrong, and what to do' }),
    field: Type.Optional(Type.String({ examples: ['ratings[3].rating'] })),
    request: Type.Optional(
      Type.String({
        description: 'by which the log of the server names this request; also in x-request-id',
      }),
    ),
  },
  { ...named('Problem'), description: 'RFC 9457' },
);
export type ProblemBody = Static<typeof ProblemSchema>;
