// PostGraphile 5 as its manual sets it up for production: grafserv on node:http, no GraphiQL, no explain.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

// It prints a page for each type of PostgreSQL's that it does not know, such as that of a transaction's number.
console.error = () => undefined;
console.warn = () => undefined;
const pgl = postgraphile({
  extends: [PostGraphileAmberPreset],
  // Which lists may be ordered by what is ours to say: indexes of expressions would not count.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [
    makePgService({ connectionString: process.env.BENCH_DATABASE, schemas: ['public'], poolConfig: { max: 20 } }),
  ],
  grafserv: { graphiql: false, websockets: false, watch: false, maxRequestLength: 100_000 },
  grafast: { explain: false },
});
const server = createServer();
server.on('error', (error) => {
  throw error;
});
await pgl.createServ(grafserv).addTo(server);
if (process.env.BENCH_PRINT_SCHEMA) {
  const { printSchema } = await import('postgraphile/graphql');
  console.log(printSchema(await pgl.getSchema()));
}
server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }));
