import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { Batch, type Known, type NamedPartner, type PartnerMatch } from './partner-candidates.service.js';
import { sameNamed, similarNamed } from './partner-match.loaders.js';

export type { NamedPartner, PartnerMatch } from './partner-candidates.service.js';

/**
 * Finds the organisations that a file names: by identifiers, else by any name and the country. Whatever is less certain is
 * told and left to people: organisations alike in name, or of one name with other identifiers or an unknown country. What is
 * the same within the batch is told too. Two statements at most. What is made up is never found.
 */
export async function matchPartners(em: EntityManager, partners: readonly NamedPartner[]): Promise<PartnerMatch[]> {
  if (partners.length === 0) return [];
  await scanning(em, false);
  const matches = await matched(em, partners);
  await scanning(em, true);
  return matches;
}

/**
 * Of a table that was just filled PostgreSQL knows too little, and would make the keys of all its names for each name that is
 * looked for; so it is kept to the indexes that hold them. In effect until the transaction ends, at the latest.
 */
const scanning = (em: EntityManager, isAllowed: boolean) =>
  sql`select set_config('enable_seqscan', ${isAllowed ? 'on' : 'off'}, true)`.execute(em.getKysely<unknown>());

async function matched(em: EntityManager, partners: readonly NamedPartner[]): Promise<PartnerMatch[]> {
  const { keys, known } = await sameNamed(em, partners);
  const batch = new Batch(known);
  const matches = partners.map((partner, index) => batch.match(index, partner, keys[index] ?? null));
  const unlike = partners.flatMap((partner, index) => {
    const match = matches[index];
    const isFirst = match?.kind === 'none' && match.sameAs === undefined;
    return isFirst && keys[index] ? [{ index, ...partner }] : [];
  });
  for (const { index, stored, others } of await similarNamed(em, unlike))
    matches[index] = alike(
      stored,
      others.flatMap((other) => partners[other]?.name ?? []),
    );
  // Who is the same as an earlier one is as much like others as that one is.
  return matches.map((match) => {
    const first = match.kind === 'none' && match.sameAs !== undefined ? matches[match.sameAs] : undefined;
    return first?.kind === 'candidates' && match.kind === 'none' ? { ...first, sameAs: match.sameAs ?? 0 } : match;
  });
}

function alike(stored: readonly Known[], others: readonly string[]): PartnerMatch {
  const names = [
    ...stored.map(({ name, slug }) => `'${name}' (${slug})`),
    ...others.map((name) => `'${name}' of this file`),
  ];
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(names);
  return {
    kind: 'candidates',
    candidates: stored.map(({ id, slug, name }) => ({ id, slug, name })),
    reason: `Its name is much like ${list}.`,
    isNew: true,
  };
}
