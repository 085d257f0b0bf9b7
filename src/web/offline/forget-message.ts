/** What the page sends to the service worker when everything is forgotten: from then on it caches nothing. */
export const FORGET = 'forget';
