import { KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { afterAll } from 'vitest';

export const audience = 'https://graph.example.org';

interface Key {
  kid: string;
  alg: string;
  privateKey: KeyObject;
  jwk: JWK;
}

export async function aKey(kid: string, alg = 'RS256'): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  // Not bound to one algorithm, as the library's own keys are.
  return {
    kid,
    alg,
    privateKey: KeyObject.from(privateKey),
    jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
  };
}

/** An OIDC issuer on the loopback that signs whatever it is asked to. */
export async function anIssuer() {
  const key = await aKey('first');
  const state = {
    mood: 'well' as 'well' | 'down' | 'huge' | 'other',
    keys: [key.jwk],
    /** How often its keys were asked for. */
    asked: 0,
  };
  const server = createServer((request, response) => {
    if (state.mood === 'down') return void request.socket.destroy();
    const isKeys = request.url === '/keys';
    if (isKeys) state.asked += 1;
    const told = isKeys
      ? { keys: state.keys, ...(state.mood === 'huge' && { more: 'x'.repeat(1_000_000) }) }
      : { issuer: state.mood === 'other' ? 'https://other.example.org' : url, jwks_uri: `${url}/keys` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(told));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(() => void server.closeAllConnections());
  afterAll(() => void server.close());
  const now = () => Math.floor(Date.now() / 1000);
  /** A JWT; undefined takes a claim or a header away. */
  const sign = (claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}, signedBy = key) => {
    const all = { iss: url, aud: audience, sub: 'somebody', iat: now(), exp: now() + 300, ...claims };
    const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return new SignJWT(kept)
      .setProtectedHeader({ alg: signedBy.alg, kid: signedBy.kid, typ: 'JWT', ...header })
      .sign(signedBy.privateKey);
  };
  return { url, key, state, sign, now };
}

export type Issuer = Awaited<ReturnType<typeof anIssuer>>;
