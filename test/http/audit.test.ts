import { serverAudits } from 'graphql-http';
import { describe, expect, test } from 'vitest';
import { anApp } from '../support/app.js';

const modes: [name: string, variables: Record<string, string>][] = [
  ['all in one', {}],
  ['as a subgraph', { SUBGRAPHS: 'directory' }],
  ['as a gateway', { GATEWAY: 'examples/gateway/subgraphs.yaml' }],
];

describe.each(modes)('GraphQL over HTTP, %s', async (_mode, variables) => {
  const app = await anApp('migrated', variables);
  const audits = serverAudits({ url: `${app.url}/graphql`, fetchFn: fetch });

  test('there are as many audits as the package promises', () => {
    expect(audits).toHaveLength(61);
  });

  test.each(audits.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_name, audit) => {
    const result = await audit.fn();
    expect(result).toMatchObject({ status: 'ok' });
  });
});
