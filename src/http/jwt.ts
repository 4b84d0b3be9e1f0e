import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { Refusal } from '../graph/errors.js';

export interface JwtOptions {
  issuer: string;
  audience: string;
  keys: JWTVerifyGetKey;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** Those that sign with a key that nobody else has: with a shared secret, whoever checks could sign too. */
const algorithms = ['RS', 'PS', 'ES'].flatMap((family) => [256, 384, 512].map((bits) => `${family}${bits}`));
const allowed = [...algorithms, 'EdDSA', 'Ed25519'];

/** Tokens for other ends, such as logging out, are signed by the same keys (RFC 8725, 3.11). */
const types = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

/** Seconds by which clocks may differ. */
const clockTolerance = 30;

/** The subject that a JWT is about, once everything about it holds. Throws a Refusal that never holds what was sent. */
export function jwtVerifier({
  issuer,
  audience,
  keys,
  now = Date.now,
}: JwtOptions): (token: string) => Promise<string> {
  return async (token) => {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: allowed,
        requiredClaims: ['exp', 'sub'],
        clockTolerance,
        currentDate: new Date(now()),
      });
      const { typ = 'jwt' } = protectedHeader;
      if (!types.has(typ.toLowerCase())) throw refused('is for another end: it is no access token and no ID token');
      const { sub } = payload;
      if (typeof sub !== 'string' || sub === '' || sub.length > 255)
        throw refused('has a claim `sub` that names nobody');
      return sub;
    } catch (error) {
      if (error instanceof errors.JOSEError) throw refused(wordsFor(error));
      throw error;
    }
  };
}

const refused = (words: string) => new Refusal('UNAUTHENTICATED', `The token ${words}. Sign in again.`);

function wordsFor(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'is expired';
  if (error instanceof errors.JWTClaimValidationFailed)
    return error.reason === 'missing'
      ? `has no claim \`${error.claim}\``
      : `has a claim \`${error.claim}\` that does not fit here`;
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported)
    return 'is signed in a way that is not taken';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'is signed by no key of its issuer';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'has a signature that does not fit';
  return 'is no JWT that can be read';
}
