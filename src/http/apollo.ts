import { randomUUID } from 'node:crypto';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import type { FastifyBaseLogger } from 'fastify';
import { DatabaseFault } from '../database/errors.js';
import type { Viewer } from '../graph/context.js';
import { admission } from '../graph/admission.js';
import type { Effort } from '../graph/effort.js';
import { errorCodes, type Refusal } from '../graph/errors.js';
import { asGateway, type GraphExecutor } from '../graph/executor.js';
import type { FusedContext } from '../graph/fuse.js';
import { limits } from '../graph/limits.js';
import { pricer } from '../graph/price.js';
import { whoMayAsk } from '../subgraphs/rights.js';
import { admissionPlugin } from './admission.js';
import { operationsThatExist } from './validation.js';

/** The context of one HTTP request, as Apollo and our subgraphs see it. */
export interface HttpContext extends FusedContext {
  viewer: Viewer;
  stop: AbortController;
  effort: Effort;
  /** Whether the document is one of `schema/trusted-documents.json`: somebody looked at what it costs. */
  isTrusted?: boolean;
  /** Whether one of our routers asks, for many clients. */
  isRouter?: boolean;
  /** Counts the cost of an operation against the client's quota; a refusal when that is used up. */
  charge?(cost: number): Promise<Refusal | null>;
}

export interface ApolloOptions {
  executor: GraphExecutor;
  /** The subgraphs' schemas: what their fields cost. */
  typeDefs: readonly DocumentNode[];
  /** Seconds that a shared cache may keep the answer of a document. */
  maxAgeOf(document: DocumentNode): number;
  log: FastifyBaseLogger;
  /** Those who watch operations. */
  plugins?: ApolloServerPlugin<HttpContext>[];
}

/** Apollo Server without anything that reports, counts fields or serves pages. */
export function createApollo({
  executor,
  typeDefs,
  maxAgeOf,
  log,
  plugins = [],
}: ApolloOptions): ApolloServer<HttpContext> {
  const { schema } = executor;
  const price = pricer(schema, typeDefs);
  const judge = admission({ schema, price, decide: whoMayAsk, rules: [operationsThatExist] });
  return new ApolloServer<HttpContext>({
    gateway: asGateway(executor),
    // No cookies, hence nothing to forge; widgets and caches need plain cross-origin GET.
    csrfPrevention: false,
    introspection: true,
    // Anonymous clients could flush a cache of their own documents.
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    parseOptions: { maxTokens: limits.tokens },
    // `admissionPlugin` does it.
    dangerouslyDisableValidation: true,
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (message) => log.warn(message),
      error: (message) => log.error(message),
    },
    formatError: (formatted, error) => publicError(formatted, error, log),
    plugins: [
      admissionPlugin(judge, (error) => publicError(error, error, log)),
      responseHeaders(maxAgeOf),
      ...plugins,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/** What a client may read of an error. Anything that is not of the closed list is logged under an id, and masked. */
export function publicError(
  formatted: GraphQLFormattedError,
  error: unknown,
  log: FastifyBaseLogger,
): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  const { path, locations } = formatted;
  const where = { ...(locations && { locations }), ...(path && { path }) };
  if (cause instanceof DatabaseFault && cause.kind === 'VALUE')
    return { message: cause.message, ...where, extensions: { code: 'BAD_USER_INPUT' } };
  if (cause instanceof DatabaseFault && cause.kind !== 'MISCONFIGURED') {
    const fault = cause.kind === 'TIMEOUT' ? 'DEADLINE_EXCEEDED' : 'SERVICE_UNAVAILABLE';
    log.warn({ err: cause }, 'a statement failed');
    return { message: errorCodes[fault], ...where, extensions: { code: fault } };
  }
  if (formatted.message.startsWith('Syntax Error: Document contains more that')) return tooManyTokens;
  const code = formatted.extensions?.['code'];
  if (typeof code === 'string' && code in errorCodes && code !== 'INTERNAL_SERVER_ERROR')
    return { message: formatted.message, ...where, extensions: { code } };
  const id = randomUUID();
  log.error({ err: cause, errorId: id }, 'an operation failed');
  return {
    message: `Something went wrong on our side. It is logged as ${id}.`,
    ...where,
    extensions: { code: 'INTERNAL_SERVER_ERROR', id },
  };
}

const tooManyTokens: GraphQLFormattedError = {
  message: `The document has more than ${limits.tokens.toLocaleString('en')} tokens. Send values as variables, or several requests.`,
  extensions: { code: 'LIMIT_EXCEEDED' },
};

/** Before execution these are 200 for clients of the legacy media type (GraphQL over HTTP, §6.4.1). */
const requestErrors = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
]);

/** `Cache-Control` on every answer, and the status that the legacy media type wants where the document is the client's. */
function responseHeaders(maxAgeOf: ApolloOptions['maxAgeOf']): ApolloServerPlugin<HttpContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ request, response, document, operation, contextValue }) => {
        const { errors } = response.body.kind === 'single' ? response.body.singleResult : {};
        const { viewer, isTrusted } = contextValue;
        const isWhole = operation?.operation === 'query' && !errors?.length;
        const kept = isWhole && document ? `public, max-age=${maxAgeOf(document)}` : 'no-store';
        response.http.headers.set('cache-control', viewer.role === 'ANONYMOUS' ? kept : 'private, no-store');
        const isLegacy = !request.http?.headers.get('accept')?.includes('application/graphql-response+json');
        if (isLegacy && !isTrusted && requestErrors.has(String(errors?.[0]?.extensions?.['code'])))
          response.http.status = 200;
      },
    }),
  };
}
