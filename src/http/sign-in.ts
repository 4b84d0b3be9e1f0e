import type { Viewer } from '../graph/context.js';
import { Refusal } from '../graph/errors.js';
import type { Accounts, SignIn } from '../subgraphs/directory/account.service.js';
import { isToken } from '../subgraphs/directory/token.service.js';
import { issuerKeys } from './issuer-keys.js';
import { jwtVerifier } from './jwt.js';

/** Who sends a bearer token. Rejects with a Refusal when it lets nobody in, with anything else when that cannot be told. */
export type Identify = (token: string, signal: AbortSignal) => Promise<Viewer>;

interface IdentifyOptions {
  accounts: Accounts;
  oidc: { issuer: string; audience: string } | undefined;
  log: (message: string) => void;
}

/** By tokens of ours, and by JWTs of the issuer about a subject that has an account. */
export function identifyBy({ accounts, oidc, log }: IdentifyOptions): Identify {
  const subjectOf = oidc && jwtVerifier({ ...oidc, keys: issuerKeys({ issuer: oidc.issuer, log }) });
  return async (token, signal) => {
    if (isToken(token)) return viewerOf(await accounts.signIn({ token }, signal));
    if (!oidc || !subjectOf || token.split('.').length !== 3)
      throw new Refusal('UNAUTHENTICATED', `This is no token of this server. ${makeOne}`);
    const subject = await subjectOf(token);
    return viewerOf(await accounts.signIn({ issuer: oidc.issuer, subject }, signal), true);
  };
}

const makeOne = 'Whoever runs it makes one: goodgraph token create';

/** A JWT that is good and opens nothing is told apart: another one of the same subject would not help. */
function viewerOf(signIn: SignIn, isJwt = false): Viewer {
  if ('viewer' in signIn) return signIn.viewer;
  if (isJwt)
    throw new Refusal(
      'FORBIDDEN',
      'Your sign-in is good, and has no account here, or one that has ended. Whoever runs this server lets you in: goodgraph token create --subject',
    );
  const words = { UNKNOWN: 'is unknown', EXPIRED: 'is expired', REVOKED: 'is revoked' }[signIn.refused];
  throw new Refusal('UNAUTHENTICATED', `The token ${words}. ${makeOne}`);
}
