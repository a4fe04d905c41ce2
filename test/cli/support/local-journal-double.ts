/** The journal of the local gateway without the gateway: keeps the lines that commands write, or refuses them. */
import { startHttpServer } from '../../support/http/http-server.ts';

export async function startJournal() {
  const is = { status: 200 };
  const lines: Readonly<Record<string, string>>[] = [];
  const { url, stop } = await startHttpServer((request, response, body) => {
    const isWrite = request.method === 'POST' && request.url === '/_sandbox/journal';
    if (isWrite && is.status === 200) lines.push(...JSON.parse(body).lines);
    response.writeHead(isWrite ? is.status : 404, { 'content-type': 'application/json' }).end('{}');
  });
  return { is, lines, env: { PORT: new URL(url).port }, stop };
}

export type JournalDouble = Awaited<ReturnType<typeof startJournal>>;
