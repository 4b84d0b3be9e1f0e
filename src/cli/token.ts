import type { Database } from '../database/database.js';
import {
  createToken,
  listTokens,
  revokeToken,
  TokenError,
  type TokenRole,
} from '../subgraphs/directory/token.service.js';
import { report } from './report.js';

/** The names that people use for roles. */
const roles: Record<string, TokenRole> = {
  editor: 'PARTNER',
  reviewer: 'REVIEWER',
  admin: 'ADMIN',
  service: 'SERVICE',
};
const nameOf = (role: TokenRole) => Object.keys(roles).find((name) => roles[name] === role) ?? role;

const hour = 3_600_000;
const units: Record<string, number> = { h: hour, d: 24 * hour, w: 7 * 24 * hour };
const longestDays = 731;

/** A moment from now, such as 90d, 12h or 4w, or the beginning of a day in UTC. Throws a TokenError. */
export function expiryOf(text: string | undefined, now = Date.now()): Date {
  if (text === undefined) throw new TokenError('Say until when it holds: --expires 90d');
  const [, count, unit = ''] = /^(\d{1,6})([hdw])$/.exec(text) ?? [];
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  const isDay = day?.toJSON()?.startsWith(text) === true;
  if (count === undefined && !isDay)
    throw new TokenError(
      `--expires '${text.slice(0, 30)}' is no time: write 90d, 12h, 4w or a day such as 2027-01-31.`,
    );
  const at = isDay ? Number(day) : now + Number(count) * (units[unit] ?? 0);
  if (at <= now) throw new TokenError(`--expires ${text} is over already: name a time that comes.`);
  if (at > now + longestDays * 24 * hour)
    throw new TokenError(`--expires ${text} is too far away: a token holds for two years at most.`);
  return new Date(at);
}

export interface CreateFlags {
  role?: string;
  partner?: string;
  expires?: string;
  label?: string;
  subject?: string;
  json?: boolean;
}

/** Makes a token and prints it, this once; with `subject`, lets that subject of the issuer in. */
export async function printCreated({ em }: Database, flags: CreateFlags, issuer: string | undefined): Promise<void> {
  const { partner, subject, json } = flags;
  const role = Object.entries(roles).find(([name]) => name === flags.role)?.[1];
  if (role === undefined) {
    const given = flags.role === undefined ? 'Name a role' : `No role is called '${flags.role.slice(0, 30)}'`;
    throw new TokenError(`${given}: --role takes ${Object.keys(roles).join(', ')}.`);
  }
  if (subject !== undefined && issuer === undefined)
    throw new TokenError('--subject needs OIDC_ISSUER: it says whose subject that is.');
  const label = flags.label?.trim() ?? nameOf(role);
  if (label === '' || label.length > 100 || label.includes('@'))
    throw new TokenError("--label is 1 to 100 characters that say what it is for, and no person's address.");
  const expiresAt = expiryOf(flags.expires);
  const signIn = subject === undefined || issuer === undefined ? undefined : { issuer, subject };
  const { id, accountId, token } = await createToken(em(), {
    role,
    partner,
    label,
    expiresAt,
    ...(signIn && { signIn }),
  });
  const who = `${nameOf(role)}${partner === undefined ? '' : ` of ${partner}`}`;
  const until = `until ${minuteOf(expiresAt)}`;
  report(
    json,
    { id, accountId, token, role: nameOf(role), partner: partner ?? null, label, subject: subject ?? null, expiresAt },
    token === null
      ? `${subject} of ${issuer} signs in as ${who} ${until}.\nEnd it: goodgraph token revoke ${id}`
      : `${token}\nThis is shown once. Sent as \`Authorization: Bearer …\` it signs in as ${who} ${until}.\nEnd it: goodgraph token revoke ${id}`,
  );
}

const minuteOf = (at: Date | null) => (at === null ? '-' : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`);

/** Prints every token, what it is for, and when it was used last. */
export async function printTokens({ em }: Database, json: boolean | undefined): Promise<void> {
  const tokens = (await listTokens(em())).map(({ role, ...token }) => ({ ...token, role: nameOf(role) }));
  const lines = tokens.map(({ id, prefix, subject, role, partner, label, expiresAt, revokedAt, lastUsedAt }) => {
    const end = revokedAt === null ? `until ${minuteOf(expiresAt)}` : `revoked ${minuteOf(revokedAt)}`;
    const who = partner === null ? role : `${role} of ${partner}`;
    return `${id}  ${prefix ?? `subject ${subject}`}  ${who}  "${label}"  ${end}  last used ${minuteOf(lastUsedAt)}`;
  });
  report(json, { tokens }, lines.length > 0 ? lines.join('\n') : 'There is no token. Make one: goodgraph token create');
}

/** Ends a token. */
export async function printRevoked({ em }: Database, id: string, json: boolean | undefined): Promise<void> {
  await revokeToken(em(), id);
  report(json, { id, revoked: true }, `${id} lets nobody in any more.`);
}
