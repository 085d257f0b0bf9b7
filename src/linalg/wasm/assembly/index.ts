// The fast twin of reference.ts, compiled by AssemblyScript to WebAssembly SIMD. Signatures: kernels.ts.
export { gramPanel } from './gram';
export { sandwichPanel } from './sandwich';
export { multiplyStrips } from './product';
export { choleskyBlock, invertLowerBlock } from './block';
export { strongestColumns } from './strongest';
export { addRows, addShortRows, startScores } from './score';
export { strongestShortTerms, strongestTerms } from './terms';
export { topScores } from './top';
export { adamRows, carryDrift, gatherRows, pairCosines, settleRows } from './embedding';
export { headStep } from './head';
export { rowProducts, weightedRowSum } from './rows';
export { regressions } from './regression';
export { solveRows } from './als';
export { factorGram, addOuterRows, rotateRows, dotRows } from './factors';
export { gelu, geluWithSlopes, meanOfRows, multiplyLayer, multiplyTransposed, standardiseRows } from './rank-layer';
export { lambdaSlopes } from './rank-loss';
export { scoreCandidates, scoreCoalitions, stepWeights, trainLists } from './rank-list';
export { listShortTerms, listTerms } from './rank-terms';
