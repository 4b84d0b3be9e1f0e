import { IdentifierScheme, type PartnerIdentifier } from './partner.fields.js';

/** An organisation as a file names it. */
export interface NamedPartner {
  name: string;
  /** Its country as `Region.countryCode`, such as EL; null where nobody says. */
  country: string | null;
  /** Schemes that are not ours are passed over. */
  identifiers: readonly { scheme: string; value: string }[];
}

export interface Candidate {
  id: string;
  slug: string;
  name: string;
}

/** What becomes of an organisation that a file names. `sameAs` is the index of an earlier one that is the same. */
export type PartnerMatch =
  | { kind: 'found'; id: string; by: 'identifier' | 'name' }
  | {
      kind: 'candidates';
      candidates: Candidate[];
      reason: string;
      /** Whether it may be entered beside them: it is told apart from them from then on. */
      isNew: boolean;
      sameAs?: number;
    }
  | { kind: 'none'; sameAs?: number };

/** A stored organisation that one of a file may be. */
export interface Known {
  /** The index of the one in the file. */
  index: number;
  id: string;
  slug: string;
  name: string;
  country: string | null;
  identifiers: PartnerIdentifier[];
  isWithdrawn: boolean;
  by: 'identifier' | 'name';
}

/** Identifiers as we store them: without spaces, points and hyphens, but for those of national registers. */
export function identifiersOf(given: NamedPartner['identifiers']): PartnerIdentifier[] {
  return given.flatMap(({ scheme, value }) => {
    const name = scheme.trim().toUpperCase();
    if (!(name in IdentifierScheme)) return [];
    const known = name as IdentifierScheme;
    const bare = known === 'NATIONAL' ? value.trim() : value.replace(/^https?:\/\/\S*\//, '').replaceAll(/[\s.-]/g, '');
    const written = known === 'ROR' ? bare.toLowerCase() : known === 'NATIONAL' ? bare : bare.toUpperCase();
    return written === '' ? [] : [{ scheme: known, value: written }];
  });
}

/** An organisation of the batch of which nothing is stored under its identifiers or its name. */
interface Newcomer {
  index: number;
  identifiers: PartnerIdentifier[];
}

const written = ({ scheme, value }: PartnerIdentifier) => `${scheme} ${value}`;

/** Whether both have an identifier of one scheme, and not the same one. */
const contradicts = (one: readonly PartnerIdentifier[], other: readonly PartnerIdentifier[]): boolean =>
  one.some(
    ({ scheme, value }) =>
      other.some((each) => each.scheme === scheme) &&
      !other.some((each) => each.scheme === scheme && each.value === value),
  );

/**
 * Decides for one organisation after the other who it is, so that the answers do not depend on where a batch ends: what an
 * earlier one tells of itself is known of it when the next comes.
 */
export class Batch {
  private readonly known: ReadonlyMap<number, Known[]>;
  /** By id: of those that were found, what is stored and what the batch adds. */
  private readonly identifiers = new Map<string, PartnerIdentifier[]>();
  private readonly byIdentifier = new Map<string, Newcomer>();
  private readonly byName = new Map<string, Newcomer[]>();

  constructor(known: readonly Known[]) {
    this.known = Map.groupBy(known, ({ index }) => index);
    for (const each of known) this.identifiers.set(each.id, [...each.identifiers]);
  }

  match(index: number, partner: NamedPartner, key: string | null): PartnerMatch {
    const identifiers = identifiersOf(partner.identifiers);
    const found = this.stored(index, partner, identifiers);
    if (found?.kind === 'found') this.identifiers.get(found.id)?.push(...identifiers);
    if (found !== null && !(found.kind === 'candidates' && found.isNew)) return found;
    const first = this.earlier(partner, identifiers, key);
    if (first === 'several')
      return undecided('Several before it in this file have its name, and other identifiers.', [], false);
    if (first === null) this.enter(index, partner, identifiers, key);
    else this.meet(first, identifiers);
    return { ...(found ?? { kind: 'none' }), ...(first !== null && { sameAs: first.index }) };
  }

  /** Who it is of those stored; null where nobody bears its identifiers, or its name. */
  private stored(index: number, { country }: NamedPartner, identifiers: PartnerIdentifier[]): PartnerMatch | null {
    const hits = this.known.get(index) ?? [];
    const identified = distinct(hits.filter(({ by }) => by === 'identifier'));
    if (identified.length > 1) return undecided('Its identifiers lead to several organisations.', identified, false);
    const [one] = identified;
    if (one?.isWithdrawn) return undecided('It was withdrawn.', identified, false);
    if (one) return { kind: 'found', id: one.id, by: 'identifier' };
    const named = hits.filter((each) => country === null || each.country === null || each.country === country);
    const here = named.filter((each) => each.country === country);
    const others = here.filter(({ id }) => contradicts(identifiers, this.identifiers.get(id) ?? []));
    const same = here.filter((each) => !others.includes(each));
    const [alone, second] = same;
    if (second) return undecided('Several organisations have its name.', same, false);
    if (alone?.isWithdrawn) return undecided('It was withdrawn.', same, false);
    if (alone) return { kind: 'found', id: alone.id, by: 'name' };
    if (others.length > 0) return undecided('What has its name has another identifier.', others, true);
    if (named.length > 0) return undecided('It has its name, and the country of one of them is unknown.', named, true);
    return null;
  }

  private earlier(partner: NamedPartner, identifiers: PartnerIdentifier[], key: string | null) {
    for (const each of identifiers) {
      const newcomer = this.byIdentifier.get(written(each));
      if (newcomer) return newcomer;
    }
    const named = this.byName.get(placed(partner, key)) ?? [];
    const same = named.filter((each) => !contradicts(identifiers, each.identifiers));
    return same.length > 1 ? 'several' : (same[0] ?? null);
  }

  private enter(index: number, partner: NamedPartner, identifiers: PartnerIdentifier[], key: string | null): void {
    const newcomer: Newcomer = { index, identifiers: [] };
    this.meet(newcomer, identifiers);
    if (key === null) return;
    const place = placed(partner, key);
    this.byName.set(place, [...(this.byName.get(place) ?? []), newcomer]);
  }

  private meet(newcomer: Newcomer, identifiers: PartnerIdentifier[]): void {
    newcomer.identifiers.push(...identifiers);
    for (const each of identifiers) this.byIdentifier.set(written(each), newcomer);
  }
}

const placed = ({ country }: NamedPartner, key: string | null) => `${country ?? ''} ${key ?? ''}`;

const distinct = (known: readonly Known[]): Known[] => [...new Map(known.map((each) => [each.id, each])).values()];

const undecided = (reason: string, known: readonly Known[], isNew: boolean): PartnerMatch => ({
  kind: 'candidates',
  candidates: known.map(({ id, slug, name }) => ({ id, slug, name })),
  reason,
  isNew,
});
