/** A fault of the database that an operator can mend; the message says what is wrong and what to do. */
export class DatabaseFault extends Error {
  override name = 'DatabaseFault';
  constructor(
    readonly kind: 'UNAVAILABLE' | 'TIMEOUT' | 'MISCONFIGURED' | 'TEXT',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const advice: Record<string, string> = {
  '28P01': 'The password in DATABASE_URL is not accepted.',
  '28000': 'The user in DATABASE_URL may not connect.',
  '3D000': 'The database in DATABASE_URL does not exist; create it first.',
  '42501': 'The user in DATABASE_URL lacks a right that GoodGraph needs.',
  ECONNREFUSED: 'Nothing answers at the host and port in DATABASE_URL.',
  ENOTFOUND: 'The host in DATABASE_URL is not known.',
  EAI_AGAIN: 'The host in DATABASE_URL could not be looked up.',
  ENOENT: 'The socket in DATABASE_URL does not exist.',
};

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** SQLSTATE classes 08 and 57P mean the connection or the server is gone (PostgreSQL, appendix A). */
const isGone = (code: string) =>
  /^(08|57P)/.test(code) || ['53300', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT'].includes(code);

/** The fault behind an error of a running server's statement, or the error itself when it is none of these. */
export function faultOf(error: unknown): unknown {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  if (code === '57014')
    return new DatabaseFault('TIMEOUT', 'A database statement ran longer than it may.', { cause: error });
  if (code === '22021')
    return new DatabaseFault('TEXT', 'A text holds a character that no text here can, such as NUL. Leave it out.', {
      cause: error,
    });
  if (isGone(code) || /timeout exceeded when trying to connect|Connection terminated/.test(message))
    return new DatabaseFault('UNAVAILABLE', 'The database does not answer.', { cause: error });
  return error;
}

/** What an operator reads when the first connection fails. Never holds the URL: it may hold a password. */
export function connectionFault(error: unknown): DatabaseFault {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  return new DatabaseFault('MISCONFIGURED', `Cannot use the database: ${advice[code] ?? message}`, { cause: error });
}
