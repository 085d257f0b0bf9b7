/** Headers of a document: which scripts, styles and pictures it may load, and who may show it in a frame. */
import { createHash } from 'node:crypto';

export interface PagePolicy {
  /** origins whose pages may show this one in a frame; default: none */
  readonly frameAncestors?: readonly string[];
  /** hashes of inline styles; default: none */
  readonly styles?: readonly string[];
}

/** What no page of this server uses. A feature that a browser does not know would be named in its console. */
const UNUSED_FEATURES = [
  'camera',
  'display-capture',
  'geolocation',
  'microphone',
  'payment',
  'usb',
];

/**
 * Everything comes from this server. Inline scripts and styles are allowed by their hashes only.
 * @param html the document, as it is sent; its scripts are hashed
 */
export function pageHeaders(html: string, policy: PagePolicy = {}): Record<string, string> {
  const { frameAncestors = [], styles = [] } = policy;
  const directives = [
    "default-src 'none'",
    `script-src ${["'self'", ...scriptHashes(html)].join(' ')}`,
    `style-src ${["'self'", ...styles].join(' ')}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...liveReload(html)].join(' ')}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors.length > 0 ? frameAncestors.join(' ') : "'none'"}`,
  ];
  return {
    'content-security-policy': directives.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': UNUSED_FEATURES.map((name) => `${name}=()`).join(', '),
    // For browsers that do not know frame-ancestors.
    ...(frameAncestors.length > 0 ? {} : { 'x-frame-options': 'DENY' }),
  };
}

/** CSP hashes of the scripts between tags, as a browser computes them: it reads every line end as \n. */
function scriptHashes(html: string): string[] {
  const scripts = html.matchAll(/<script>([\s\S]*?)<\/script>/g);
  return Array.from(scripts, ([, code]) => {
    const digest = createHash('sha256').update(code.replace(/\r\n?/g, '\n')).digest('base64');
    return `'sha256-${digest}'`;
  });
}

/** Where `npm run dev` sends its events from (build/page.js names it in the page). */
export function liveReload(html: string): string[] {
  const [, origin] = /<meta name="live-reload" content="([^"\s;,]+)"/.exec(html) ?? [];
  return origin ? [origin] : [];
}
