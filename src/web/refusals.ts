/** The status of an error that comes before the first row or line, by its code; 500 for all others. */
const statuses: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  LIMIT_EXCEEDED: 400,
  CURSOR_EXPIRED: 410,
  RATE_LIMITED: 429,
  DEADLINE_EXCEEDED: 503,
  SERVICE_UNAVAILABLE: 503,
  SUBGRAPH_UNAVAILABLE: 503,
};

export const statusOf = (code: string): number => statuses[code] ?? 500;

/** Seconds after which a client may try again that got a 503. */
export const retryAfter = 5;
