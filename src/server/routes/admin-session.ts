/** The console's page signs in with the key and gets a cookie, so that no script of a page ever holds the key. */
import { type Session, SessionBody } from '../../api/admin.ts';
import type { App } from '../http/fastify.ts';
import type { OperatorAccess } from '../operator/operator-access.ts';

const sessionOf = (expires: Date | null): Session => ({
  expiresAt: expires?.toISOString() ?? null,
});

export function sessionRoutes(app: App, access: OperatorAccess): void {
  app.post('/session', { schema: { body: SessionBody } }, async (request, reply) => {
    const expires = await access.signIn(request.body.key, request, reply);
    return reply.code(201).send(sessionOf(expires));
  });

  app.get('/session', (request) => sessionOf(access.sessionEnd(request)));

  app.delete('/session', (request, reply) => {
    access.signOut(request, reply);
    return reply.code(204).send();
  });
}
