// The fast twin of reference.ts, compiled by AssemblyScript to WebAssembly SIMD. Signatures: kernels.ts.
export { gramPanel } from './gram';
export { choleskyBlock, invertLowerBlock } from './block';
export { strongestColumns } from './strongest';
export { addRows } from './score';
export { nextAbove } from './scan';
export { solveRows } from './als';
export { factorGram, addOuterRows, rotateRows, dotRows } from './factors';
export { addRows, addShortRows } from './score';
export { topScores } from './top';
export { readList } from './list';
