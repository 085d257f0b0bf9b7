/** The themes that requests choose from, and their names. No schema library is needed here. */
export { THEMES } from '../../data/themes/theme-names.ts';
