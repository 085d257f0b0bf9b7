/** How much the server does for one visitor, how long it waits for clients, and when it is too busy. */
import { type Static, Type } from 'typebox';
import { count, section } from './fields.ts';

const seconds = (value: number) => Type.Number({ minimum: 0.1, default: value });

export const LimitSettings = section({
  /**
   * What one visitor may ask for a second, counted in lists of recommendations: a costlier request counts as several.
   * 0 = no limit. It does not apply to programs on this machine, unless a proxy is trusted.
   */
  listsPerSecond: Type.Number({ minimum: 0, default: 400 }),
  /** what a visitor who has not asked for a while may ask for at once, in lists */
  listsAtOnce: Type.Number({ minimum: 1, default: 2000 }),
  /** ms that the event loop may be late, again and again, before costly requests are turned away; 0 = never */
  maxEventLoopDelay: count(250),
  /** lists that one visitor may look up at other sites a minute; 0 = no limit, otherwise as listsPerSecond */
  lookupsPerMinute: count(10),
  /** connections that are open at the same time; 0 = as many as the system lets the process have, up to 4,096 */
  connections: count(0),
  /** of one visitor; 0 = no limit. It does not apply where a proxy is trusted: then all connections are the proxy's */
  connectionsPerVisitor: count(256),
  /** seconds in which the headers of a request have to arrive */
  headerSeconds: seconds(10),
  /** seconds in which a whole request has to arrive */
  requestSeconds: seconds(120),
  /** seconds after which a connection without a request, or on which nothing moves, is closed */
  idleSeconds: seconds(75),
  /** megabytes (2^20 bytes) of large bodies that may be under way at the same time; a visitor may have a third */
  bodyMegabytes: count(128, 1),
});
export type LimitSettings = Static<typeof LimitSettings>;
