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
const accept = 'application/graphql-response+json, application/json;q=0.9';

/** Posts a GraphQL request and reads the JSON that comes. Throws RemoteFault, or what `signal` was aborted with. */
export async function postJson(url: string, { body, headers, signal }: Post): Promise<unknown> {
  const all = { ...headers, 'content-type': 'application/json', accept };
  const response = await fetch(url, { method: 'POST', body, headers: all, signal, redirect: 'manual' }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      throw new RemoteFault(`cannot be reached: ${reason(error)}`, true);
    },
  );
  const { status } = response;
  const type = response.headers.get('content-type') ?? 'nothing';
  const isJson = /^application\/([\w.-]+\+)?json\b/.test(type);
  // A refusal of the client's document is 400; anything else is between it and us.
  if ((status !== 200 && status !== 400) || !isJson) {
    await response.body?.cancel();
    const what = isJson || status >= 300 ? `status ${status}` : `${type.slice(0, 60)} instead of JSON`;
    throw new RemoteFault(`answered ${what}`, status === 502 || status === 503);
  }
  const text = await textOf(response).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error instanceof RemoteFault ? error : new RemoteFault(`broke off its answer: ${reason(error)}`, true);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new RemoteFault('answered something that is no JSON');
  }
}

async function textOf({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.byteLength;
    if (bytes > most) throw new RemoteFault(`answered more than ${most / 1024 / 1024} MB`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Fetch hides why in the cause. */
function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause ? String(cause.code) : cause.message;
}
