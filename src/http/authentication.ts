import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { anonymous, type Viewer } from '../graph/context.js';
import { Refusal, type ErrorCode } from '../graph/errors.js';
import { refuse } from './graphql.js';
import type { FailedSignIns } from './failed-sign-ins.js';
import type { Identify } from './sign-in.js';

export interface AuthenticationOptions {
  identify: Identify;
  /** Milliseconds for finding out who asks. */
  deadline: number;
  /** Counts those who fail to sign in; absent where a router counts. */
  failures?: FailedSignIns | undefined;
}

/** Who sends each request. */
export interface Authentication {
  /** Finds out who sends the requests of a scope, before anything else is done for them; refuses who is nobody. */
  guard(scope: FastifyInstance): void;
  viewerOf(request: FastifyRequest): Viewer;
}

/** Of what is said of a token; any other error is said of whoever looks at it. */
const statuses: Partial<Record<ErrorCode, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403 };
const codeOf = ({ extensions }: Refusal) => extensions['code'] as ErrorCode;

/** Characters of a token. */
const longest = 8_192;
const bearer = /^Bearer +([\w.~+/-]+=*)$/i;

/** Who sends no `Authorization` is anonymous. Who sends one that lets nobody in is refused, and never taken for anonymous. */
export function createAuthentication({ identify, deadline, failures }: AuthenticationOptions): Authentication {
  const viewers = new WeakMap<FastifyRequest, Viewer>();

  async function enter(request: FastifyRequest, reply: FastifyReply, given: readonly string[]): Promise<void> {
    const seconds = await failures?.wait(request);
    if (seconds != null) {
      const words = `Too many tokens from your address let nobody in. Come again in ${seconds} s.`;
      return void (await refuse(reply.header('retry-after', seconds), 429, words, 'RATE_LIMITED'));
    }
    try {
      viewers.set(request, await identify(tokenIn(given), AbortSignal.timeout(deadline)));
    } catch (error) {
      if (error instanceof Refusal && statuses[codeOf(error)]) return turnAway(request, reply, error);
      request.log.warn({ err: error }, 'who asks cannot be told');
      const words = 'Whether your token is good cannot be told just now. Ask again later.';
      await refuse(reply.header('retry-after', 5), 503, words, 'SERVICE_UNAVAILABLE');
    }
  }

  async function turnAway(request: FastifyRequest, reply: FastifyReply, refusal: Refusal) {
    const { message } = refusal;
    const code = codeOf(refusal);
    await failures?.note(request);
    void reply.header('www-authenticate', challenge('invalid_token'));
    await refuse(reply, statuses[code] ?? 401, message, code);
  }

  return {
    guard: (scope) =>
      scope.addHook('onRequest', async (request, reply) => {
        // Of several headers Node keeps the first: who sends two is told, and not taken for one of them.
        const given = request.raw.headersDistinct['authorization'];
        if (given !== undefined) await enter(request, reply, given);
      }),
    viewerOf: (request) => viewers.get(request) ?? anonymous,
  };
}

/** The challenge of a 401 (RFC 6750, 3). */
export const challenge = (error?: 'invalid_token') =>
  `Bearer realm="GoodGraph"${error === undefined ? '' : `, error="${error}"`}`;

function tokenIn([header = '', ...more]: readonly string[]): string {
  if (more.length > 0) throw new Refusal('UNAUTHENTICATED', 'Send one `Authorization` header, with one token.');
  if (header.length > longest)
    throw new Refusal('UNAUTHENTICATED', `The token is longer than ${longest.toLocaleString('en')} characters.`);
  const token = bearer.exec(header)?.[1];
  if (token === undefined)
    throw new Refusal('UNAUTHENTICATED', 'Send the token as `Authorization: Bearer …`, or no such header at all.');
  return token;
}
