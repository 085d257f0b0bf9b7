/** How much the server does for one visitor, and when it is too busy for more. */
import { type Static, Type } from 'typebox';
import { count, section } from './fields.ts';

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
});
export type LimitSettings = Static<typeof LimitSettings>;
