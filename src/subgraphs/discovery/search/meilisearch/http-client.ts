import type { IncomingMessage } from 'node:http';
import { wayTo } from '../../../../graph/outgoing.js';

export interface Received {
  status: number;
  text: string;
}

/** Sends what the client would have `fetch` send. Rejects where nothing whole comes back, or once the signal is aborted. */
export async function send(url: URL, { method = 'GET', headers, body, signal }: RequestInit): Promise<Received> {
  const { request, agent } = wayTo(url);
  const options = {
    agent,
    method,
    headers: Object.fromEntries(new Headers(headers)),
    ...(signal && { signal }),
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, options, resolve)
      .on('error', reject)
      .end(body ?? undefined);
  });
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return { status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() };
}
