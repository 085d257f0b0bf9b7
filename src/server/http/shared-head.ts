/** The head of the page as a shared link shows it: what sites read that show more of a link than its address. */

export interface SharedHead {
  readonly title: string;
  readonly description: string;
  /** of the language */
  readonly locale: string;
  /** absolute where the server knows its own name */
  readonly url: string;
  readonly picture: string;
  /** what is on the picture, for those who do not see it */
  readonly pictureText: string;
  readonly width: number;
  readonly height: number;
}

/** What index.html has between these is replaced. */
const MARKED = /<!-- shared -->[\s\S]*?<!-- \/shared -->/;

/** @param html of the page */
export function withSharedHead(html: string, head: SharedHead): string {
  const meta = (attribute: 'name' | 'property', name: string, content: string | number) =>
    `<meta ${attribute}="${name}" content="${escaped(String(content))}" />`;
  const lines = [
    `<title>${escaped(head.title)}</title>`,
    meta('name', 'description', head.description),
    meta('property', 'og:type', 'website'),
    meta('property', 'og:site_name', 'Osusume'),
    meta('property', 'og:locale', head.locale),
    meta('property', 'og:url', head.url),
    meta('property', 'og:title', head.title),
    meta('property', 'og:description', head.description),
    meta('property', 'og:image', head.picture),
    meta('property', 'og:image:type', 'image/png'),
    meta('property', 'og:image:width', head.width),
    meta('property', 'og:image:height', head.height),
    meta('property', 'og:image:alt', head.pictureText),
    meta('name', 'twitter:card', 'summary_large_image'),
    // What a link carries is nobody's business but those who have it.
    meta('name', 'robots', 'noindex'),
  ];
  return html.replace(MARKED, () => lines.join('\n    '));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter]);
}

/**
 * The origin that a request called the server by; '' when what it sent is no name of a host.
 * @param host of the request, as the proxy says where one is trusted
 */
export function originOf(protocol: string, host: string | undefined): string {
  const isName = /^([\w.-]{1,253}|\[[\da-fA-F:.]{2,45}\])(:\d{1,5})?$/.test(host ?? '');
  return isName && /^https?$/.test(protocol) ? `${protocol}://${host}` : '';
}
