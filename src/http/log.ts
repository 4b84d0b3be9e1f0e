import type { LoggerOptions } from 'pino';
import { withoutTokens } from './secrets.js';

/** How every logger of ours is made: no header that signs somebody in is written, nor a token wherever it stands. */
export const logOptions = (level: string): LoggerOptions => ({
  level,
  redact: ['authorization', 'x-router-secret'].flatMap((header) => [
    `req.headers["${header}"]`,
    `headers["${header}"]`,
  ]),
  hooks: { streamWrite: withoutTokens },
});
