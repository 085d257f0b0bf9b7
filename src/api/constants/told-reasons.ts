/** Which reasons of a recommendation people are told. No schema library is needed here. */
export { toldReasons, WELL_KNOWN_MEMBERS } from '../../recommend/told-reasons.ts';
