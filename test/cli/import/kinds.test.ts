import { expect, test } from 'vitest';
import { kindNames } from '../../../src/cli/import/kinds.js';
import { aDatabase, execute } from '../../support/database.js';
import { exported } from '../../support/exports.js';
import { aGraph } from '../../support/graph.js';
import { aFile, imported, state } from './importing.js';

const database = await aDatabase('seeded');
const graph = await aGraph(database);
const none = { created: 0, updated: 0, unchanged: 0, met: 0 };

const everything = `
source: https://example.org/all.csv
namespace: all
dates: year-first
records:
  place: { fields: { slug: { value: musterdorf }, name: town, kind: { value: CITY }, region: { region: { code: nuts } } } }
  programme: { fields: { slug: { value: muster }, name: programme, cooperationType: { value: INTERREGIONAL } } }
  partner: { key: org, fields: { nameOriginal: org, region: { region: { code: nuts } } } }
  project: { key: project, fields: { acronym: project, title: project, programme: { record: programme } } }
  participation:
    fields: { project: { record: project }, partner: { record: partner }, role: { value: PARTNER } }
  goodPractice:
    key: practice
    fields: { title: practice, summary: practice, owner: { record: partner }, identifiedIn: { record: project } }
  transfer:
    key: practice
    fields:
      title: practice
      practices: { list: [{ record: goodPractice }] }
      origins: { list: [{ region: { code: nuts } }] }
      destination: { region: { code: target } }
      project: { record: project }
      status: { value: PLANNED }
      reportedOn: day
  event: { key: event, fields: { title: event, types: { value: [SEMINAR] }, project: { record: project }, start: day } }
  output: { key: output, fields: { title: output, type: { value: GUIDE }, project: { record: project } } }
  task: { key: task, fields: { title: task, project: { record: project }, assignee: { record: partner } } }
  actionPlan: { key: plan, fields: { title: plan, project: { record: project }, proposedBy: { record: partner } } }
`;
const row = `town,nuts,programme,org,project,practice,target,event,day,output,task,plan
Musterdorf,AT130,Muster,Verein Muster,MUSTER,Open looms,ITI14,Loom day,2024-05-03,Loom guide,Count looms,Loom plan
`;

test('a row may make a record of every kind, each as the graph shows it; the same row again changes nothing', async () => {
  const file = await aFile('all.csv', row);
  const first = await imported(database, file, everything);
  expect([first.faults, first.records]).toEqual([
    [],
    Object.fromEntries(kindNames.map((name) => [name, { ...none, created: 1 }])),
  ]);
  const query = `{ project(slug: "muster") { programme { slug } partners: participations(first: 1) { nodes { partner { name } } }
    goodPractices(first: 1) { nodes { title transfers(first: 1) { nodes { status destination { code } } } } }
    events(first: 1) { nodes { title startDate } } outputs(first: 1) { nodes { title type } }
    tasks(first: 1) { nodes { title assignee { name } } } actionPlans(first: 1) { nodes { title proposedBy { name } } } } }`;
  expect((await graph.run(query)).data).toEqual({
    project: {
      programme: { slug: 'muster' },
      partners: { nodes: [{ partner: { name: 'Verein Muster' } }] },
      goodPractices: {
        nodes: [{ title: 'Open looms', transfers: { nodes: [{ status: 'PLANNED', destination: { code: 'ITI14' } }] } }],
      },
      events: { nodes: [{ title: 'Loom day', startDate: '2024-05-03' }] },
      outputs: { nodes: [{ title: 'Loom guide', type: 'GUIDE' }] },
      tasks: { nodes: [{ title: 'Count looms', assignee: { name: 'Verein Muster' } }] },
      actionPlans: { nodes: [{ title: 'Loom plan', proposedBy: { name: 'Verein Muster' } }] },
    },
  });
  const before = await state(database);
  const second = await imported(database, file, everything);
  expect(second.records).toEqual(Object.fromEntries(kindNames.map((name) => [name, { ...none, unchanged: 1 }])));
  expect(await state(database)).toEqual(before);
});

test('a list of organisations in one cell becomes one of each, with its part', async () => {
  const mapping = `
source: https://example.org/lists.csv
records:
  partner:
    each: { column: partners, split: ';' }
    key: [{ item: true }]
    fields: { nameOriginal: { item: true }, region: { region: { code: nuts } } }
  participation:
    fields: { project: { value: innocrafts }, partner: { record: partner }, role: { value: PARTNER } }
`;
  const file = await aFile('lists.csv', 'partners,nuts\nWeberei Nord; Weberei Süd ;Töpferei,AT130\n');
  const { records, rejected } = await imported(database, file, mapping);
  expect([rejected, records]).toEqual([
    0,
    { partner: { ...none, created: 3 }, participation: { ...none, created: 3 } },
  ]);
  const names = await execute(
    database,
    `select name_original as name from partner where slug like any('{weberei-%,topferei}')
    order by 1`,
  );
  expect(names.map(({ name }) => name)).toEqual(['Töpferei', 'Weberei Nord', 'Weberei Süd']);
});

test('natural persons come in without who they are, for anyone but an admin', async () => {
  const mapping = `
source: https://example.org/persons.csv
records:
  partner:
    key: id
    fields:
      nameOriginal: name
      isNaturalPerson: { column: person, values: { yes: true, no: false } }
      region: { region: { code: nuts } }
`;
  const file = await aFile(
    'persons.csv',
    'id,name,person,nuts\n1,Erika Mustermann,yes,AT130\n2,Erikas Werkstatt,no,AT130\n',
  );
  expect((await imported(database, file, mapping)).records).toEqual({ partner: { ...none, created: 2 } });
  const told = async (reader: 'PUBLIC' | 'ADMIN') => {
    const text = Object.values(await exported(database, reader)).join('');
    return ['Erika Mustermann', 'erika-mustermann', 'Erikas Werkstatt'].map((each) => text.includes(each));
  };
  expect(await told('PUBLIC')).toEqual([false, false, true]);
  expect(await told('ADMIN')).toEqual([true, true, true]);
  const found = await graph.run(`{ partners(first: 50, where: { name: { contains: "Mustermann" } }) { totalCount } }`);
  expect(found.data ?? found.errors?.[0]?.message).toEqual({ partners: { totalCount: 0 } });
  const changed = await imported(database, file, mapping);
  expect(changed.records).toEqual({ partner: { ...none, unchanged: 2 } });
});
