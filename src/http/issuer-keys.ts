import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { isVouchedFor } from '../config.js';

export interface IssuerKeysOptions {
  issuer: string;
  log: (message: string) => void;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** The issuer does not answer, and has not for too long: nobody can tell whether a token is good. */
export class IssuerSilent extends Error {}

/** Milliseconds; and bytes of what an issuer answers. */
const limits = {
  /** Keys older than this are asked for again. */
  fresh: 5 * 60_000,
  /** Keys are used on for so long while they cannot be asked for. */
  outage: 10 * 60_000,
  /** Between two times that they are asked for, whoever names keys that there are not. */
  cooldown: 10_000,
  deadline: 2_000,
  bytes: 256 * 1024,
};

const location = z.string().refine((url) => URL.canParse(url) && isVouchedFor(url), 'is no https URL');
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });
/** Keys of both a public and a private part; another would be a secret that everybody can read. */
const isPublic = ({ kty }: { kty: string }) => ['RSA', 'EC', 'OKP'].includes(kty);

/**
 * The public keys of an OIDC issuer, by its discovery document (OpenID Connect Discovery 1.0, 4). They are kept, and asked
 * for again now and then and when a token names one that is not among them. While the issuer is silent those it told last
 * are used on.
 */
export function issuerKeys({ issuer, log, now = () => Date.now() }: IssuerKeysOptions): JWTVerifyGetKey {
  let known: { find: JWTVerifyGetKey; at: number } | undefined;
  let asked = { at: Number.NEGATIVE_INFINITY, done: Promise.resolve() };
  let silentSince: number | undefined;

  async function ask(): Promise<void> {
    try {
      const keys = await keysOf(issuer);
      known = { find: createLocalJWKSet(keys), at: now() };
      silentSince = undefined;
    } catch (error) {
      silentSince ??= now();
      log(`the keys of ${issuer} cannot be had: ${(error as Error).message}`);
    }
  }

  function refresh(): Promise<void> {
    if (now() - asked.at >= limits.cooldown) asked = { at: now(), done: ask() };
    return asked.done;
  }

  function current(): JWTVerifyGetKey {
    if (known && (silentSince === undefined || now() - silentSince <= limits.outage)) return known.find;
    throw new IssuerSilent(`${issuer} does not tell its keys.`);
  }

  return async (header, token) => {
    if (!known || now() - known.at > limits.fresh) await refresh();
    try {
      return await current()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await refresh();
      return current()(header, token);
    }
  };
}

async function keysOf(issuer: string): Promise<JSONWebKeySet> {
  const signal = AbortSignal.timeout(limits.deadline);
  const told = z.object({ issuer: z.literal(issuer), jwks_uri: location });
  const document = told.safeParse(
    await jsonAt(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, signal),
  );
  if (!document.success) throw new Error("its discovery document is another issuer's, or names no keys by https");
  const { data } = keySet.safeParse(await jsonAt(document.data.jwks_uri, signal));
  if (!data) throw new Error('what it tells are no keys');
  return { keys: data.keys.filter(isPublic) };
}

/** Reads no further than an issuer has to say anything. */
async function jsonAt(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { redirect: 'error', signal, headers: { accept: 'application/json' } });
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes > limits.bytes) throw new Error(`it answers more than ${limits.bytes / 1024} kB`);
  }
  if (response.status !== 200) throw new Error(`it answers with status ${response.status}`);
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
}
