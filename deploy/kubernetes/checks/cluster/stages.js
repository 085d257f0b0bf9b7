/**
 * What kwok does in place of a kubelet: its own stages of nodes and pods, but a pod takes a second or two to become
 * ready, and one whose image is BROKEN_DIGEST never does.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

/** Of an image that no registry has. */
export const BROKEN_DIGEST = `sha256:${'b'.repeat(64)}`;

/** What the kubelet reports of an image that cannot be pulled. */
const IMAGE_PULL_BACK_OFF = {
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Stage',
  metadata: { name: 'pod-image-missing' },
  spec: {
    resourceRef: { apiGroup: 'v1', kind: 'Pod' },
    selector: {
      matchExpressions: [
        { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
        { key: '.status.phase', operator: 'In', values: ['Pending'] },
        { key: '.status.containerStatuses', operator: 'DoesNotExist' },
        broken('In'),
      ],
    },
    next: {
      statusTemplate: `containerStatuses:
{{ range .spec.containers }}
- image: {{ .image | Quote }}
  name: {{ .name | Quote }}
  ready: false
  restartCount: 0
  state:
    waiting:
      reason: ImagePullBackOff
      message: no such image
{{ end }}
phase: Pending
`,
    },
  },
};

/** @param {'In' | 'NotIn'} operator */
function broken(operator) {
  const key = '.spec.containers.[] | .image | split("@") | .[1] // ""';
  return { key, operator, values: [BROKEN_DIGEST] };
}

/** @param {string} folder of kwok's own stages, a file each */
export async function stages(folder) {
  const names = (await readdir(folder)).sort();
  const own = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return [...own.map(adapted), JSON.stringify(IMAGE_PULL_BACK_OFF)].join('\n---\n');
}

/** @param {string} text of a stage */
function adapted(text) {
  const stage = parseDocument(text);
  if (stage.getIn(['metadata', 'name']) === 'pod-ready') {
    stage.addIn(['spec', 'selector', 'matchExpressions'], broken('NotIn'));
    stage.setIn(['spec', 'delay'], {
      durationMilliseconds: 1000,
      jitterDurationMilliseconds: 2000,
    });
  }
  return stage.toString();
}
