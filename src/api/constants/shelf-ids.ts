/** The shelves, in the order in which they stand. No schema library is needed here. */
export { SHELF_IDS, type ShelfId } from '../../recommend/shelves/shelf.ts';
