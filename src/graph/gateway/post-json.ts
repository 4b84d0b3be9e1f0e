import type { IncomingMessage } from 'node:http';
import { urlToHttpOptions } from 'node:url';
import { wayTo } from '../outgoing.js';

/** Why a subgraph's answer cannot be used, as the end of a sentence about it. */
export class RemoteFault extends Error {
  constructor(
    message: string,
    /** Whether it may be over in a moment. */
    readonly mayPass = false,
  ) {
    super(message);
  }
}

interface Post {
  body: string;
  headers: Record<string, string>;
  signal: AbortSignal;
}

/** Bytes of an answer. */
const most = 5 * 1024 * 1024;
const media = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json;q=0.9',
  'accept-encoding': 'identity',
};

/** Posts GraphQL requests to a URL and reads the JSON that comes. Throws RemoteFault, or what `signal` was aborted with. */
export function postTo(url: string): (post: Post) => Promise<unknown> {
  const target = new URL(url);
  const { request, agent } = wayTo(target);
  const options = { ...urlToHttpOptions(target), agent, method: 'POST' };
  const send = ({ body, headers, signal }: Post) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request({ ...options, headers: { ...headers, ...media } }, resolve).on('error', reject);
      signal.addEventListener('abort', () => sent.destroy(signal.reason as Error), { once: true });
      sent.end(body);
    });
  return async (post) => {
    const response = await send(post).catch(rethrow(post, 'cannot be reached'));
    refuse(response);
    const text = await textOf(response).catch(rethrow(post, 'broke off its answer'));
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new RemoteFault('answered something that is no JSON');
    }
  };
}

/**
 * Throws for what is no answer to a GraphQL request. A refusal of the client's document is 400; of the client's token it is 401
 * or 403 with a challenge, and of our own secret without one.
 */
function refuse(response: IncomingMessage): void {
  const { statusCode: status = 0, headers } = response;
  const type = headers['content-type'] ?? 'nothing';
  const isJson = /^application\/([\w.-]+\+)?json\b/.test(type);
  const { 'content-encoding': packing = 'identity' } = headers;
  const isOfToken = (status === 401 || status === 403) && headers['www-authenticate']?.startsWith('Bearer') === true;
  if ((status === 200 || status === 400 || isOfToken) && isJson && packing === 'identity') return;
  response.destroy();
  // Nothing is unpacked: a small answer may hold a large one.
  if (packing !== 'identity')
    throw new RemoteFault(`answered packed as ${packing.slice(0, 20)}, which was not asked for`);
  const what = isJson || status >= 300 ? `status ${status}` : `${type.slice(0, 60)} instead of JSON`;
  throw new RemoteFault(`answered ${what}`, status === 502 || status === 503);
}

function textOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    response.on('data', (part: Buffer) => {
      parts.push(part);
      bytes += part.byteLength;
      if (bytes > most) response.destroy(new RemoteFault(`answered more than ${most / 1024 / 1024} MB`));
    });
    response.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    response.on('error', reject);
  });
}

const rethrow =
  ({ signal }: Post, what: string) =>
  (error: Error & { code?: string }): never => {
    signal.throwIfAborted();
    throw error instanceof RemoteFault ? error : new RemoteFault(`${what}: ${error.code ?? error.message}`, true);
  };
