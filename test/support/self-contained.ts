/** Whether a page needs nothing but itself: no scripts, and no address but the names of XML's namespaces. */
export function isSelfContained(html: string): boolean {
  const rest = html.replaceAll(/http:\/\/www\.w3\.org\/[\w/]+/g, '');
  return !/<script|<link|<img|<iframe|@import|url\(|https?:\/\//i.test(rest);
}
