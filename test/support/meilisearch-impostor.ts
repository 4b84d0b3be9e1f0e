import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const json =
  (status: number, body: unknown): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

const refusal = (code: string, type: string) => ({ message: `It is ${code}.`, code, type, link: '' });

/** How a server can be, other than a Meilisearch that is well. */
export const manners = {
  fine: json(200, { pkgVersion: '1.50.0', hits: [], estimatedTotalHits: 7, facetDistribution: { languages: {} } }),
  silent: () => {},
  outdated: json(200, { pkgVersion: '1.48.1', hits: [], estimatedTotalHits: 7 }),
  failing: json(500, refusal('internal', 'internal')),
  crashed: (_request, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>'),
  anotherPage: (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>'),
  locked: json(403, refusal('invalid_api_key', 'auth')),
  keyless: json(401, refusal('missing_authorization_header', 'auth')),
  empty: json(404, refusal('index_not_found', 'invalid_request')),
  refusing: json(400, refusal('invalid_search_filter', 'invalid_request')),
  full: json(413, refusal('payload_too_large', 'invalid_request')),
  hangingUp: (request) => request.socket.destroy(),
} satisfies Record<string, Answer>;

export type Manner = keyof typeof manners | Answer;

export interface Impostor {
  url: string;
  manner: Manner;
  /** Paths that were asked for. */
  asked: string[];
}

/** Something that listens where a Meilisearch server is believed. Gone after the file. */
export async function anImpostor(manner: Manner = 'fine'): Promise<Impostor> {
  const impostor: Impostor = { url: '', manner, asked: [] };
  const server = createServer((request, response) => {
    impostor.asked.push(request.url ?? '');
    request.resume();
    const answer = typeof impostor.manner === 'string' ? manners[impostor.manner] : impostor.manner;
    (answer as Answer)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  impostor.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return impostor;
}
