/** Names that Kubernetes, DNS and the people who type them accept; images that nobody can replace unseen. */
import { containersOf, nameOf } from './rendering.js';

/** @import { Rendering } from './rendering.js' */

/** RFC 1123 */
const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** IANA service names: at most 15, with a letter */
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$/;
const BY_DIGEST = /@sha256:[0-9a-f]{64}$/;

/** @param {Rendering} rendering */
export function wrongNames(rendering) {
  const wrong = [];
  for (const object of rendering.objects) {
    if (!NAME.test(object.metadata.name)) wrong.push(`${nameOf(object)}: not a name`);
    for (const [key, value] of Object.entries(object.metadata.labels ?? {}))
      if (!LABEL_VALUE.test(value)) wrong.push(`${nameOf(object)}: label ${key} is "${value}"`);
  }
  for (const pods of rendering.pods())
    for (const { name, ports = [] } of containersOf(pods)) {
      if (!NAME.test(name)) wrong.push(`${nameOf(pods.owner)}: container "${name}"`);
      for (const port of ports)
        if (port.name !== undefined && !PORT_NAME.test(port.name))
          wrong.push(`${nameOf(pods.owner)}: port "${port.name}"`);
    }
  return wrong;
}

/** @param {Rendering} rendering */
export function twice(rendering) {
  const seen = new Set();
  return rendering.objects.flatMap((object) => {
    const id = `${object.apiVersion.replace(/\/.*/, '')} ${nameOf(object)}`;
    if (seen.has(id)) return [`${nameOf(object)} is there twice`];
    seen.add(id);
    return [];
  });
}

/** @param {Rendering} rendering */
export function imagesWithoutDigest(rendering) {
  return rendering.pods().flatMap((pods) =>
    containersOf(pods)
      .filter(({ image }) => !BY_DIGEST.test(image))
      .map(({ name, image }) => `${nameOf(pods.owner)}: ${name} runs ${image}, not a digest`),
  );
}
