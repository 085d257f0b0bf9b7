// The fast twin of reference.ts, compiled by AssemblyScript to WebAssembly SIMD. Signatures: kernels.ts.
export { gramPanel } from './gram';
export { choleskyBlock, invertLowerBlock } from './block';
export { strongestColumns } from './strongest';
export { addRows } from './score';
export { nextAbove } from './scan';
export { adamRows, gatherRows, headStep, pairCosines, settleRows } from './embedding';
export { rowProducts, weightedRowSum } from './rows';
