import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { isOneFetch } from '../../../src/graph/gateway/one-fetch.js';
import type { FetchNode, PlanNode } from '../../../src/graph/gateway/planner.js';

const asked = parse('query Named($slug: String!) { goodPractice(slug: $slug) { title owner { slug } } }');
const fetch = (operation: string, more: Partial<FetchNode> = {}): FetchNode => ({
  kind: 'Fetch',
  serviceName: 'practices',
  operation,
  ...more,
});
const same = 'query($slug:String!){goodPractice(slug:$slug){title owner{slug}}}';

test('one fetch of what the client wrote is the whole answer', () => {
  expect(isOneFetch(asked, fetch(same))).toBe(true);
});

test.each<[string, PlanNode | undefined]>([
  ['no plan', undefined],
  ['two steps', { kind: 'Sequence', nodes: [fetch(same), fetch(same)] }],
  ['a key beside it', fetch('query($slug:String!){goodPractice(slug:$slug){title owner{__typename id slug}}}')],
  ['other names', fetch('query($slug:String!){goodPractice(slug:$slug){title owner{_0: slug}}}')],
  ['something to rewrite', fetch(same, { outputRewrites: [{} as never] })],
  [
    'a fragment',
    fetch('query($slug:String!){goodPractice(slug:$slug){...a}} fragment a on GoodPractice{title owner{slug}}'),
  ],
])('not with %s', (_what, node) => {
  expect(isOneFetch(asked, node)).toBe(false);
});

test('a client’s fragments are put together here', () => {
  const document = parse('{ goodPractice(slug: "a") { ...a } } fragment a on GoodPractice { title }');
  expect(isOneFetch(document, fetch('{ goodPractice(slug: "a") { ...a } } fragment a on GoodPractice { title }'))).toBe(
    false,
  );
});
