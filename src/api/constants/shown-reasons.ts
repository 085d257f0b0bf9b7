/** Which reasons of a recommendation people are shown. No schema library is needed here. */
export { shownReasons, WELL_KNOWN_MEMBERS } from '../../recommend/shown-reasons.ts';
