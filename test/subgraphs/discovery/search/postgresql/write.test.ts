import { array, assert, asyncProperty, constantFrom, record } from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { anonymous, type Run } from '../../../../../src/graph/context.js';
import { newId } from '../../../../../src/graph/ids.js';
import { postgresqlEngine } from '../../../../../src/subgraphs/discovery/search/postgresql/engine.js';
import { blocksIn, forEachIn, packed } from '../../../../../src/subgraphs/discovery/search/postgresql/postings.js';
import { aDatabase } from '../../../../support/database.js';
import { aDocument, inBatches } from '../documents.js';

/** What the tables say, without the numbers that they say it by. */
const tables = sql<{ said: unknown }>`select json_build_object(
  'size', (select documents from goodgraph_search.index_state),
  'terms', (select json_agg(json_build_array(lexeme, documents) order by lexeme) from goodgraph_search.term where documents <> 0),
  'names', (select json_agg(json_build_array(d.record, n.words) order by d.record, n.words)
    from goodgraph_search.name n join goodgraph_search.document d on d.id = n.document),
  'documents', (select json_agg(json_build_array(record, hash, shown, title, words) order by record)
    from goodgraph_search.document d left join goodgraph_search.wording w on w.document = d.id),
  'wordings', (select count(*) from goodgraph_search.wording),
  'facets', (select json_agg(json_build_array(d.record, s.members, f.updated) order by d.record)
    from goodgraph_search.facet f join goodgraph_search.document d on d.id = f.document
      left join goodgraph_search.facet_set s on s.id = f.country)) as "said"`;

/** Which documents have which terms, and how much these say of them. */
async function postings(run: Run): Promise<string[]> {
  const [all] = await run(
    sql<
      Record<'found' | 'followers', Buffer | null>
    >`select ${packed('postings')} as "found", ${packed('followers')} as "followers" from goodgraph_search.posting p`,
  );
  const names = await run(sql<{ kind: string; id: number; name: string }>`
    select 'term' as "kind", id, lexeme as "name" from goodgraph_search.term union all
    select 'document', id, record from goodgraph_search.document`);
  const named = new Map(names.map(({ kind, id, name }) => [`${kind} ${id}`, name]));
  const found: string[] = [];
  const followers = [...blocksIn(all?.followers ?? null).values()].flat();
  for (const [place, block] of [...blocksIn(all?.found ?? null).values()].flat().entries())
    forEachIn(block, (document, impact, at) => {
      const following = followers[place]?.bytes.readUInt32BE(at);
      found.push(`${named.get(`term ${block.term}`)} ${named.get(`document ${document}`)} ${impact} ${following}`);
    });
  return found.toSorted();
}

const said = async (run: Run) => ({ tables: await run(tables), postings: await postings(run) });

const records = Array.from({ length: 4 }, () => newId('gp'));
const texts = constantFrom(
  'Lace',
  'Lace of Lepoglava',
  'Bobbin lace and more lace',
  'Pottery',
  'Laces',
  'The art of looms',
);
const country = constantFrom<string[][]>([], ['HR'], ['HR', 'SI']);
const written = record({ id: constantFrom(...records), title: texts, summary: texts, country });
const steps = array(
  record({ written: array(written, { maxLength: 5 }), removed: array(constantFrom(...records), { maxLength: 2 }) }),
  { maxLength: 6 },
);

test('an index that was edited says what one says that is built of the same documents', async () => {
  const database = await aDatabase();
  const engine = postgresqlEngine(database);
  const run = database.readAs(anonymous);
  await assert(
    asyncProperty(steps, async (taken) => {
      await engine.rebuild(inBatches([]));
      const left = new Map<string, ReturnType<typeof aDocument>>();
      for (const step of taken) {
        const documents = step.written.map(({ id, title, summary, country: countries }) =>
          aDocument(title, { id, texts: { summary }, facets: { country: countries } }),
        );
        // oxlint-disable-next-line no-await-in-loop -- one edit after another
        await engine.upsert(documents);
        // oxlint-disable-next-line no-await-in-loop
        await engine.remove(step.removed);
        for (const each of documents) left.set(each.id, each);
        for (const id of step.removed) left.delete(id);
      }
      const edited = await said(run);
      await engine.rebuild(inBatches([...left.values()]));
      expect(edited).toEqual(await said(run));
    }),
    { numRuns: 25 },
  );
});

test('an edit touches the postings of the words that it changes and follows, and no others; none touches nothing', async () => {
  const database = await aDatabase();
  const engine = postgresqlEngine(database);
  const run = database.readAs(anonymous);
  const body = 'Bobbins, pillows and patterns from Lepoglava.';
  const before = aDocument('Lace in the attic', { texts: { body } });
  const after = aDocument('Lace in the cellar', { id: before.id, texts: { body } });
  const places = async () => {
    const rows = await run(sql<{ said: string; place: string }>`select t.lexeme as "said", p.ctid::text as "place"
        from goodgraph_search.posting p join goodgraph_search.term t on t.id = p.term
      union all select record, ctid::text from goodgraph_search.document`);
    return new Map(rows.map(({ said: each, place }) => [each, place]));
  };
  const moved = async (edit: () => Promise<void>) => {
    const former = await places();
    await edit();
    const now = await places();
    return [...new Set([...former.keys(), ...now.keys()])].filter((each) => former.get(each) !== now.get(each));
  };
  await engine.upsert([before]);
  expect((await moved(() => engine.upsert([after]))).toSorted()).toEqual(
    ['attic', 'cellar', 'the', before.id].toSorted(),
  );
  expect(await moved(() => engine.upsert([after]))).toEqual([]);
});
