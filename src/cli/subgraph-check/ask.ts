import { told } from '../../graph/joining/said.js';

export interface ProbeLimits {
  /** Of one answer, unpacked. */
  bytes: number;
  /** Of one answer with its body, in milliseconds. */
  deadline: number;
  /** Of the whole probe, in milliseconds. */
  whole: number;
}

/** A partner that is slower or says more than this is a burden to every query that touches it. */
export const probeLimits: ProbeLimits = { bytes: 1_048_576, deadline: 5_000, whole: 30_000 };

/** A service that is asked, for as long as `stop` allows. */
export interface Service {
  url: URL;
  limits: ProbeLimits;
  stop: AbortSignal;
}

/** What a GraphQL service answered. */
export interface Answer {
  data: unknown;
  /** The messages of its errors. */
  errors: string[];
}

/** What kept a service from answering; then asking on is of no use. */
export class Unanswered extends Error {
  constructor(
    message: string,
    readonly mend: string,
  ) {
    super(message);
  }
}

/**
 * Asks a service one GraphQL query, as a router would: no redirect is followed, and nothing of ours is sent along, no
 * secret above all. Throws Unanswered.
 */
export async function ask({ url, limits, stop }: Service, query: string, variables: object): Promise<Answer> {
  const signal = AbortSignal.any([AbortSignal.timeout(limits.deadline), stop]);
  const response = await sent(url, JSON.stringify({ query, variables }), signal).catch((error: unknown) => {
    throw failed(error, limits, stop);
  });
  const { status, headers } = response;
  if (status >= 300 && status < 400) {
    await response.body?.cancel();
    const target = told(headers.get('location') ?? 'nowhere', 80);
    throw new Unanswered(
      `It redirects (${status}) to ${target}, and routers do not follow.`,
      'Give the address that answers.',
    );
  }
  const type = told(headers.get('content-type') ?? 'no content type', 60);
  const text = await body(response, limits).catch((error: unknown) => {
    throw failed(error, limits, stop);
  });
  const said = `status ${status}, ${type}: ${told(text, 80) || 'nothing'}`;
  const answer = parsed(text);
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    const what =
      /html/.test(type) || /^\s*</.test(text) ? 'It answers a page and no GraphQL' : 'It does not answer GraphQL';
    throw new Unanswered(
      `${what} (${said}).`,
      'Give the address to which GraphQL is posted, such as http://host/graphql.',
    );
  }
  const { data, errors } = answer as { data?: unknown; errors?: unknown };
  return { data, errors: messages(errors) };
}

const messages = (errors: unknown) =>
  (Array.isArray(errors) ? errors : []).map((error: unknown) => told(String(Object(error)['message'] ?? 'no message')));

const sent = (url: URL, request: string, signal: AbortSignal): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: request,
    redirect: 'manual',
    signal,
  });

/** The body as text; what is longer than may be is not read to its end. */
async function body(response: Response, limits: ProbeLimits): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > limits.bytes) break;
    chunks.push(chunk);
  }
  if (length > limits.bytes)
    throw new Unanswered(
      `It answers more than ${limits.bytes} bytes; the rest was not read.`,
      'Page long lists, and keep the SDL small.',
    );
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failed(error: unknown, { deadline, whole }: ProbeLimits, stop: AbortSignal): Unanswered {
  if (error instanceof Unanswered || !(error instanceof Error)) throw error;
  if (stop.aborted) return new Unanswered(`Its answers took more than ${whole} ms together.`, 'Answer sooner.');
  if (error.name === 'TimeoutError')
    return new Unanswered(
      `It did not answer within ${deadline} ms.`,
      'Answer sooner, and see that the address is reachable from here.',
    );
  const { cause } = error;
  const reason = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : error.message;
  return new Unanswered(
    `It cannot be reached: ${told(reason)}.`,
    'Start it, and see that the address is reachable from here.',
  );
}
