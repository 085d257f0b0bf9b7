/** Counts the pods that serve, from the first event to the last, while something happens to them. */

/** @import { Kubectl } from './kubectl.js' */

export class RolloutWatch {
  /** the fewest available pods that the Deployment reported; Infinity = no report yet */
  fewestAvailable = Number.POSITIVE_INFINITY;
  /** the fewest ready addresses behind the Service */
  fewestReady = Number.POSITIVE_INFINITY;
  /** reports that were counted */
  reports = 0;
  #stops;

  /**
   * @param {Kubectl} kubectl
   * @param {string} namespace
   * @param {string} name of the Deployment and of its Service
   */
  constructor(kubectl, namespace, name) {
    const available = 'jsonpath={.status.availableReplicas}{"\\n"}';
    const ready = 'jsonpath={range .endpoints[*]}{.conditions.ready}{" "}{end}{"\\n"}';
    const service = `kubernetes.io/service-name=${name}`;
    this.#stops = [
      kubectl.watch(['-n', namespace, 'deployment', name, '-o', available], (line) => {
        this.reports++;
        this.fewestAvailable = Math.min(this.fewestAvailable, Number(line));
      }),
      kubectl.watch(['-n', namespace, 'endpointslices', '-l', service, '-o', ready], (line) => {
        this.reports++;
        const count = line.split(' ').filter((each) => each === 'true').length;
        this.fewestReady = Math.min(this.fewestReady, count);
      }),
    ];
  }

  stop() {
    for (const stop of this.#stops) stop();
  }
}
