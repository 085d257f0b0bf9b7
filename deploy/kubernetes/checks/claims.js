/** What is shown, a line each, with what was seen. */

/** @typedef {import('./cluster/control-plane.js').ControlPlane} ControlPlane */
/** @typedef {import('./cluster/metrics.js').MetricsServer} MetricsServer */

/**
 * An overlay that has been rendered.
 * @typedef {{ readonly name: string; readonly namespace: string; readonly text: string; readonly objects: readonly import('./objects.ts').KubernetesObject[] }} Overlay
 */

/**
 * What a claim is shown on.
 * @typedef {{ readonly plane: ControlPlane; readonly metrics: MetricsServer; readonly overlays: readonly Overlay[]; readonly production: Overlay }} Stage
 */

/**
 * Shows a claim and prints it with what was seen and the seconds that it took.
 * @param {string} claim
 * @param {() => Promise<string> | string} show throws when it does not hold
 */
export async function claims(claim, show) {
  const start = Date.now();
  try {
    const seen = await show();
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.log(`ok    ${claim}\n      ${seen} (${seconds} s)`);
  } catch (error) {
    console.log(`FAIL  ${claim}`);
    throw error;
  }
}

/**
 * @param {boolean} holds
 * @param {string} otherwise
 * @returns {asserts holds}
 */
export function expect(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}
