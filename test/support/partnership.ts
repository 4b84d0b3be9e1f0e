import { expect } from 'vitest';
import { editorOf, send, type Graph } from './writing.js';
import type { TestDatabase } from './database.js';
import { aParticipation, aPartner, aProgramme, aProject } from './factories.js';

/** The project `crafts` of three partners, `lead`, `own` and `other`, and a `stranger`; mutations are sent by `own`. */
export async function aPartnership(database: TestDatabase, graph: Graph) {
  const programme = await aProgramme(database);
  const project = await aProject(database, { programme_id: programme.id, slug: 'crafts' });
  const roles = { lead: 'LEAD_PARTNER', own: 'PARTNER', other: 'PARTNER', stranger: null };
  const ids: Record<string, string> = {};
  for (const [slug, role] of Object.entries(roles)) {
    const { id } = await aPartner(database, { slug });
    ids[slug] = id;
    if (role) await aParticipation(database, { project_id: project.id, partner_id: id, role });
  }
  const as = (slug: keyof typeof roles) => editorOf(ids[slug] as string);
  const sends = (mutation: string, input: object, asked?: string, viewer = as('own')) =>
    send(graph, viewer, mutation, input, asked);
  return {
    as,
    sends,
    create: (type: string, input: object, asked?: string, viewer = as('own')) =>
      sends(`${type}Create`, { language: 'en', ...input }, asked, viewer),
    /** Enters a record, and takes steps one after another, each from the version that the one before led to. */
    stepper: async (type: string, input: object, asked: string) => {
      const { record, userErrors, errors } = await sends(`${type}Create`, { language: 'en', ...input });
      expect([errors, userErrors]).toEqual([[], []]);
      let expectedVersion = 1;
      return async (verb: string, said: object = {}, viewer = as('own')) => {
        const told = await sends(
          `${type}${verb}`,
          { id: record.id, expectedVersion, ...said },
          `version ${asked}`,
          viewer,
        );
        if (told.record) expectedVersion = told.record.version;
        return told;
      };
    },
  };
}
