import { z } from 'zod';
import { limits } from './graph/limits.js';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const subgraphNames = ['directory', 'practices', 'transfers', 'activities', 'provenance', 'discovery'] as const;

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a port number; use 4000, or 0 for any free port')
  .transform(Number)
  .refine((value) => value <= 65_535, 'is above 65535');

const postgresUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: 'is not a URL such as postgresql://user:password@host:5432/goodgraph' })
  .refine((url) => !URL.canParse(url) || new URL(url).pathname.length > 1, 'names no database; end it with /goodgraph');

const networks = ['loopback', 'linklocal', 'uniquelocal'] as const;
const address = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6(), z.enum(networks)]);
/** What Fastify understands; it takes no network that is everything. */
const proxy = z.string().refine((text) => address.safeParse(text).success && !text.endsWith('/0'), {
  error: ({ input }) =>
    `names '${String(input)}'; write addresses, networks such as 10.0.0.0/8, ${networks.join(', ')}, with commas between`,
});

const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** An issuer vouches for who somebody is: nobody on the way may speak for it. */
const issuerUrl = z
  .url({ protocol: /^https?$/, error: 'is not a URL such as https://login.example.org/realms/goodgraph' })
  .refine((url) => !URL.canParse(url) || isVouchedFor(url), 'must be https; http serves the loopback alone')
  .refine((url) => !/[?#@]/.test(url), 'holds a query, a fragment or a password; an issuer has none');

/** Every variable the program reads; the names are the public contract. */
const variables = z.object({
  PORT: port.default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  TRUST_PROXY: z
    .string()
    .transform(list)
    .pipe(z.array(proxy))
    .transform((proxies) => proxies.join(','))
    .optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_PUBLIC_URL: postgresUrl.optional(),
  SEED: z.enum(['real', 'demo', 'none'], { error: "is none of 'real', 'demo', 'none'" }).default('real'),
  SUBGRAPHS: z
    .string()
    .transform(list)
    .pipe(z.array(z.enum(subgraphNames, { error: `names a subgraph that is none of ${subgraphNames.join(', ')}` })))
    .default([]),
  GATEWAY: z.string().optional(),
  ROUTER_SECRET: z.string().transform(list).default([]),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/-]+=*$/, 'is no bearer token; use letters, digits and - . _ ~ + /')
    .optional(),
  MEILI_URL: z
    .url({ protocol: /^https?$/, error: 'is not a URL such as http://127.0.0.1:7700' })
    .refine((url) => !URL.canParse(url) || new URL(url).username + new URL(url).password === '', {
      error: 'holds a user or password; Meilisearch knows keys alone: put its key into MEILI_KEY',
    })
    .optional(),
  MEILI_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'holds what no key holds, such as a space')
    .optional(),
  OIDC_ISSUER: issuerUrl.optional(),
  OIDC_AUDIENCE: z.string().optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `is none of ${logLevels.join(', ')}` }).default('info'),
});

/** Part of the contract, and not of this version: naming one is told, so that nobody believes it works. */
const later = ['PUBLIC_URL'];

export interface Config {
  host: string;
  port: number;
  trustProxy: string | undefined;
  dataDir: string;
  databaseUrl: string | undefined;
  databasePublicUrl: string | undefined;
  seed: 'real' | 'demo' | 'none';
  /** Empty: all of them, fused. */
  subgraphs: string[];
  /** The file that says where the subgraphs run, when this process is a gateway to them. */
  gateway: string | undefined;
  routerSecrets: string[];
  /** Opens `/metrics` to other machines. */
  metricsToken: string | undefined;
  /** Where searches are answered; undefined: by PostgreSQL. */
  meilisearch: { url: string; key: string | undefined } | undefined;
  /** Who vouches for people, and the name by which it knows this service; undefined: nobody signs in by a JWT. */
  oidc: { issuer: string; audience: string } | undefined;
  logLevel: (typeof logLevels)[number];
  /** Whether `npm start` or the like runs this process, through a shell that does not pass signals on. */
  startedByNpm: boolean;
  limits: typeof limits;
}

/** A configuration that cannot be used; the message lists every fault, a line each. */
export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

const isLoopback = (host: string) => /^(127(\.\d+){3}|localhost|::1|\[::1\])$/.test(host);

/** Whether what comes from there comes from there: nobody on the way can have changed it. */
export function isVouchedFor(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

export const variableNames = Object.keys(variables.shape);

/** Reads the configuration; `flags` of the command line come before the environment. Throws ConfigError. */
export function readConfig(flags: Record<string, string> = {}, environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries({ ...environment, ...flags }).filter(([, value]) => value !== ''));
  const { success, data, error } = variables.safeParse(given);
  const faults = (error?.issues ?? []).map(({ path, message }) => `${String(path[0])} ${message}`);
  faults.push(
    ...later
      .filter((name) => given[name] !== undefined)
      .map((name) => `${name} is not supported by this version; leave it out`),
  );
  if (success) faults.push(...contradictions(data));
  if (!success || faults.length > 0) throw new ConfigError(faults);
  return {
    host: data.HOST,
    port: data.PORT,
    trustProxy: data.TRUST_PROXY,
    dataDir: data.DATA_DIR,
    databaseUrl: data.DATABASE_URL,
    databasePublicUrl: data.DATABASE_PUBLIC_URL,
    seed: data.SEED,
    subgraphs: data.SUBGRAPHS,
    gateway: data.GATEWAY,
    routerSecrets: data.ROUTER_SECRET,
    metricsToken: data.METRICS_TOKEN,
    meilisearch: data.MEILI_URL === undefined ? undefined : { url: data.MEILI_URL, key: data.MEILI_KEY },
    oidc:
      data.OIDC_ISSUER !== undefined && data.OIDC_AUDIENCE !== undefined
        ? { issuer: data.OIDC_ISSUER, audience: data.OIDC_AUDIENCE }
        : undefined,
    logLevel: data.LOG_LEVEL,
    startedByNpm: environment['npm_lifecycle_event'] !== undefined,
    limits,
  };
}

function contradictions(data: z.infer<typeof variables>): string[] {
  const faults = [];
  if (data.DATABASE_PUBLIC_URL !== undefined && data.DATABASE_URL === undefined)
    faults.push('DATABASE_PUBLIC_URL goes with DATABASE_URL; set both or neither');
  if (data.MEILI_KEY !== undefined && data.MEILI_URL === undefined)
    faults.push('MEILI_KEY goes with MEILI_URL; set both or neither');
  if ((data.OIDC_ISSUER === undefined) !== (data.OIDC_AUDIENCE === undefined))
    faults.push('OIDC_ISSUER and OIDC_AUDIENCE go together: a JWT counts only when it is meant for this service');
  if (data.GATEWAY !== undefined && data.SUBGRAPHS.length > 0)
    faults.push('GATEWAY and SUBGRAPHS exclude each other: one process asks subgraphs, or is some of them');
  if (data.SUBGRAPHS.length > 0 && !isLoopback(data.HOST) && data.ROUTER_SECRET.length === 0)
    faults.push(
      `SUBGRAPHS on HOST ${data.HOST} needs ROUTER_SECRET: other machines could send it what only the router may`,
    );
  return faults;
}
