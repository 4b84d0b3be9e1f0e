import { expect, test } from 'vitest';
import { anApp } from '../support/app.js';

const app = await anApp('migrated', { SUBGRAPHS: 'directory', ROUTER_SECRET: 'old,new' });

const ask = (headers: Record<string, string> = {}) =>
  fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"query":"{ regions { totalCount } }"}',
  });

test('a subgraph answers its router, with any of the secrets that are valid during a rotation', async () => {
  for (const secret of ['old', 'new'])
    expect(await (await ask({ 'x-router-secret': secret })).json()).toMatchObject({
      data: { regions: { totalCount: 0 } },
    });
});

test('without a valid secret nothing is executed, and the schema is not shown', async () => {
  const headers: Record<string, string>[] = [{}, { 'x-router-secret': 'wrong' }, { 'x-router-secret': '' }];
  for (const each of headers) {
    const response = await ask(each);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  }
  expect((await fetch(`${app.url}/schema.graphql`)).status).toBe(401);
});

test('health checks need none', async () => {
  expect((await fetch(`${app.url}/livez`)).status).toBe(200);
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
});
