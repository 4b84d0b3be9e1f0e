/** A fault of the database that an operator can mend; the message says what is wrong and what to do. */
export class DatabaseFault extends Error {
  override name = 'DatabaseFault';
  constructor(
    readonly kind: 'UNAVAILABLE' | 'TIMEOUT' | 'MISCONFIGURED' | 'VALUE',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What is wrong with a setting that holds a URL, by SQLSTATE or by the code of a socket. */
const advice: Record<string, (setting: string) => string> = {
  '28P01': (setting) => `The password in ${setting} is not accepted.`,
  '28000': (setting) => `The user in ${setting} may not connect.`,
  '3D000': (setting) => `The database in ${setting} does not exist; create it first.`,
  '42501': (setting) => `The user in ${setting} lacks a right that GoodGraph needs.`,
  ECONNREFUSED: (setting) => `Nothing answers at the host and port in ${setting}.`,
  ENOTFOUND: (setting) => `The host in ${setting} is not known.`,
  EAI_AGAIN: (setting) => `The host in ${setting} could not be looked up.`,
  ENOENT: (setting) => `The socket in ${setting} does not exist.`,
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
    return new DatabaseFault('VALUE', 'A text holds a character that no text here can, such as NUL. Leave it out.', {
      cause: error,
    });
  if (code.startsWith('22'))
    return new DatabaseFault('VALUE', 'A value cannot be used: it is too long, too large, or not of its kind.', {
      cause: error,
    });
  // Two that wait for each other: one of them is sent away, and may come again.
  if (code === '40P01') return new DatabaseFault('UNAVAILABLE', 'Two writers waited for each other.', { cause: error });
  if (isGone(code) || /timeout exceeded when trying to connect|Connection terminated/.test(message))
    return new DatabaseFault('UNAVAILABLE', 'The database does not answer.', { cause: error });
  return error;
}

/**
 * What an operator reads when the first connection, a migration or a check fails; `remedy` is for a right that lacks.
 * Never holds the URL: it may hold a password.
 */
export function connectionFault(
  error: unknown,
  setting = 'DATABASE_URL',
  remedy = "Make the user the database's owner.",
): DatabaseFault {
  const code = codeOf(error);
  const words = error instanceof Error ? error.message : String(error);
  const known = advice[code]?.(setting);
  // A right may lack in many places: PostgreSQL knows which.
  const message = code === '42501' ? `${known} ${remedy} PostgreSQL says: ${words}` : (known ?? words);
  return new DatabaseFault('MISCONFIGURED', `Cannot use the database: ${message}`, { cause: error });
}
