import { context as tracing, propagation } from '@opentelemetry/api';
import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ConstantBackoff,
  handleType,
  handleWhen,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { errorCodes, Refusal, type ErrorCode } from '../errors.js';
import type { FusedContext } from '../fuse.js';
import { isObject } from './answer-tree.js';
import type { SubgraphService } from './gateway.js';
import { postTo, RemoteFault } from './post-json.js';

export interface RemoteOptions {
  name: string;
  url: string;
  /** Milliseconds for an answer, one retry included. */
  timeout: number;
  /** One of ours: it gets the router's secret and the client's `Authorization`. */
  isTrusted: boolean;
  /** What the router shows to subgraphs of ours. */
  secret: string | undefined;
  log: (message: string) => void;
  /** Milliseconds until a subgraph that failed five times in a row is asked again. */
  pause?: number;
}

export interface Remote {
  ask: SubgraphService;
  /** `down` while it is not asked, after failures in a row. */
  health(): 'up' | 'down';
}

/** A subgraph behind a URL. When it is down, too slow or answers nonsense, `ask` rejects with SUBGRAPH_UNAVAILABLE. */
export function remoteSubgraph({ pause = 5_000, ...options }: RemoteOptions): Remote {
  const { name, log } = options;
  const post = postTo(options.url);
  const breaker = circuitBreaker(handleType(RemoteFault), {
    halfOpenAfter: pause,
    breaker: new ConsecutiveBreaker(5),
  });
  breaker.onBreak(() => log(`subgraph ${name} failed too often; it is not asked for ${pause / 1_000} s`));
  breaker.onReset(() => log(`subgraph ${name} answers again`));
  const again = retry(
    handleWhen((error) => error instanceof RemoteFault && error.mayPass),
    { maxAttempts: 1, backoff: new ConstantBackoff(50) },
  );
  const inTime = wrap(timeout(options.timeout, { strategy: TimeoutStrategy.Cooperative, abortOnReturn: false }), again);
  const ask: SubgraphService = async ({ query, variables }, context) => {
    const asked = context.stop?.signal;
    const answer = async (): Promise<ExecutionResult> => {
      try {
        const body = JSON.stringify({ query, variables });
        const headers = headersFor(options, context);
        return resultOf(options, await inTime.execute(({ signal }) => post({ body, headers, signal }), asked));
      } catch (error) {
        // Nobody waits any more: that is no fault of the subgraph's.
        asked?.throwIfAborted();
        throw error instanceof RemoteFault ? error : new RemoteFault(`did not answer within ${options.timeout} ms`);
      }
    };
    return breaker.execute(answer).catch((error: unknown) => {
      if (error instanceof RemoteFault) log(`subgraph ${name} ${error.message}`);
      else if (!(error instanceof BrokenCircuitError)) throw error;
      throw unavailable(name);
    });
  };
  return { ask, health: () => (breaker.state === CircuitState.Open ? 'down' : 'up') };
}

/** What another organisation may refuse in its own words: what was asked. How it is doing is for us to say. */
const ofInput = new Set<string>(['BAD_USER_INPUT', 'NOT_FOUND'] satisfies ErrorCode[]);

/** Of one answer: each is logged, and goes into ours. */
const mostErrors = 50;

export const unavailable = (name: string) =>
  new Refusal('SUBGRAPH_UNAVAILABLE', `Subgraph ${name} does not answer; its fields are null. Try again later.`);

/** What a subgraph must not see it does not get: only ours learn who asks, under which id, and by which secret. */
function headersFor({ isTrusted, secret }: RemoteOptions, { forwarded = {} }: FusedContext): Record<string, string> {
  const { authorization, 'x-request-id': id, ...trace } = forwarded;
  const headers: Record<string, string> = { ...trace };
  propagation.inject(tracing.active(), headers);
  if (!isTrusted) return headers;
  if (secret !== undefined) headers['x-router-secret'] = secret;
  if (authorization !== undefined) headers['authorization'] = authorization;
  if (id !== undefined) headers['x-request-id'] = id;
  return headers;
}

function resultOf({ name, isTrusted, log }: RemoteOptions, answer: unknown): ExecutionResult {
  if (!isObject(answer)) throw new RemoteFault('answered something that is not a GraphQL answer');
  const { data = null, errors = [] } = answer;
  if (!(isObject(data) || data === null) || !Array.isArray(errors) || (data === null && errors.length === 0))
    throw new RemoteFault('answered something that is not a GraphQL answer');
  const told = (error: unknown): GraphQLError => {
    const { message, path, extensions } = isObject(error) ? error : {};
    const code = isObject(extensions) ? extensions['code'] : undefined;
    const isKnown =
      typeof code === 'string' &&
      (isTrusted ? code in errorCodes : ofInput.has(code)) &&
      code !== 'INTERNAL_SERVER_ERROR';
    if (!isKnown) log(`subgraph ${name} told an error: ${String(message).slice(0, 500)}`);
    const cause = isKnown
      ? new Refusal(code as ErrorCode, String(message).slice(0, 500))
      : unknownError(name, isTrusted);
    return new GraphQLError(cause.message, { path: isPath(path) ? path : null, originalError: cause });
  };
  return { data, errors: errors.slice(0, mostErrors).map(told) };
}

/** An error of ours was logged under an id where it happened, and is masked here again; of others' we tell no more than whose it is. */
const unknownError = (name: string, isTrusted: boolean): Error =>
  isTrusted ? new Error(`Subgraph ${name} failed.`) : unavailable(name);

const isPath = (path: unknown): path is (string | number)[] =>
  Array.isArray(path) && path.every((key) => typeof key === 'string' || typeof key === 'number');
