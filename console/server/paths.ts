/** The paths of the console. A server that mounts it loads nothing else of the console before the first request to one of them. */

export const apiPath = '/_console/';
const pages: ReadonlySet<string> = new Set(['/', '/_sandbox', '/_sandbox/']);

export const isPage = (method: string | undefined, path: string): boolean =>
  method === 'GET' && pages.has(path);

/** @param path without the query */
export const isConsolePath = (method: string | undefined, path: string): boolean =>
  path.startsWith(apiPath) || isPage(method, path);
