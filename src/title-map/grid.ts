/** Positions on the map are whole numbers from 0 to this, both ways. */
export const SIDE = 65_535;
