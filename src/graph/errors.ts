import { GraphQLError } from 'graphql';

/**
 * Every `extensions.code` a client can meet, with what it means. Closed: an error with any other code is masked as
 * INTERNAL_SERVER_ERROR before it leaves the process.
 */
export const errorCodes = {
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  OPERATION_RESOLUTION_FAILURE: 'The request names no operation, or one that the document does not hold.',
  BAD_USER_INPUT: 'An argument or variable has a value that the field cannot take.',
  LIMIT_EXCEEDED: 'The document is longer, deeper or wider than one may be.',
  COST_EXCEEDED: 'The operation asks for more than one operation may; `extensions.cost` says how much.',
  RATE_LIMITED:
    'Your address or account has asked for too much in a short time; `Retry-After` says when to come again.',
  BAD_REQUEST: 'The HTTP request is not a GraphQL request.',
  NOT_FOUND: 'The key names no record that you may see, or the hash no trusted document.',
  CURSOR_EXPIRED: 'What changed after this cursor is not kept any more: read everything anew, and follow from there.',
  FORBIDDEN: 'You are known, and not allowed to do this.',
  UNAUTHENTICATED: 'This needs a signed-in viewer, or the token that came lets nobody in.',
  DEADLINE_EXCEEDED: 'The operation took longer than it may and was stopped.',
  SERVICE_UNAVAILABLE: 'The server is starting, draining, has too much to do, or cannot reach its database.',
  SUBGRAPH_UNAVAILABLE: 'A subgraph that runs elsewhere does not answer, or not as it should: its fields are null.',
  INTERNAL_SERVER_ERROR: 'A fault of ours, logged under the id in the message.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** A refusal that the client may read. The message says what is wrong, then how to mend it. */
export class Refusal extends GraphQLError {
  constructor(code: ErrorCode, message: string, http?: { status: number }) {
    super(message, { extensions: http ? { code, http } : { code } });
  }
}

/** An argument that cannot be used as it stands. */
export class BadInput extends Refusal {
  constructor(message: string) {
    super('BAD_USER_INPUT', message);
  }
}

/** A singular field whose key names nothing the viewer may see: the field is null and this says why. */
export class NotFound extends Refusal {
  constructor(message: string) {
    super('NOT_FOUND', message);
  }
}

/** What a form may have to be mended for. */
export const UserErrorCode = {
  REQUIRED: 'REQUIRED',
  INVALID: 'INVALID',
  NOT_FOUND: 'NOT_FOUND',
  DUPLICATE: 'DUPLICATE',
  CONFLICT: 'CONFLICT',
  CYCLE: 'CYCLE',
  IMPOSSIBLE: 'IMPOSSIBLE',
  FORBIDDEN: 'FORBIDDEN',
  VERSION_CONFLICT: 'VERSION_CONFLICT',
  KEY_REUSED: 'KEY_REUSED',
} as const;
export type UserErrorCode = keyof typeof UserErrorCode;

/** A mistake in a write that its caller can mend; data, never thrown. `field` is the path in the input. */
export interface UserError {
  field: (string | number)[];
  code: UserErrorCode;
  message: string;
}
