import http from 'node:http';
import https from 'node:https';

/** Milliseconds, fewer than the 5 s after which many servers close an idle connection: what is sent on one just then is lost. */
const idle = 4_000;

/** Connections are kept. Not `fetch`: its streams cost several times what goes through them. */
const ways = {
  'http:': { request: http.request, agent: new http.Agent({ keepAlive: true, timeout: idle }) },
  'https:': { request: https.request, agent: new https.Agent({ keepAlive: true, timeout: idle }) },
};

/** How a server is asked, by its address. */
export const wayTo = ({ protocol }: URL) => ways[protocol as keyof typeof ways];
