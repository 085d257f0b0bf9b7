/** What operators see of a running program: its log, traces and reports of errors. Nothing is sent anywhere by default. */
import { type Static, Type } from 'typebox';
import { section, share } from './fields.ts';

const nullable = (pattern: string) =>
  Type.Union([Type.String({ pattern }), Type.Null()], { default: null });

export const LogSettings = section({
  /** a line of JSON for each event, or lines for people; null = lines for people on a terminal, JSON elsewhere */
  format: Type.Union([Type.Literal('json'), Type.Literal('text'), Type.Null()], { default: null }),
  /** the least important lines that are written; `debug` adds health checks, and requests on a terminal */
  level: Type.Union(
    [Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn'), Type.Literal('error')],
    { default: 'info' },
  ),
});
export type LogSettings = Static<typeof LogSettings>;

export const TraceSettings = section({
  /** where traces are sent by OTLP over HTTP, e.g. http://localhost:4318; null = there are none */
  otlp: nullable('^https?://[^/\\s]+'),
  /** of the requests, those that are traced; stages always are */
  share: share(1),
});
export type TraceSettings = Static<typeof TraceSettings>;

export const ErrorSettings = section({
  /** of a project at Sentry or a service like it: https://<key>@<host>/<project>; null = errors are only logged */
  dsn: Type.Union([Type.String({ minLength: 1 }), Type.Null()], { default: null }),
  /** by which the service tells installations apart */
  environment: Type.String({ minLength: 1, default: 'production' }),
});
export type ErrorSettings = Static<typeof ErrorSettings>;
