import type { EntityManager } from '@mikro-orm/postgresql';
import { matchRegions, type NamedRegion, type RegionMatch } from '../../subgraphs/directory/region-match.service.js';
import { shortened, type Fault } from './import-error.js';
import type { NamedPlace } from './read-row.js';

/** Names of regions, each looked up once a run: a file names the same few hundred again and again. */
export class PlaceNames {
  private readonly known = new Map<string, RegionMatch>();

  /** Looks up what is not known yet: countries first, as regions are named within them. */
  async learn(em: EntityManager, places: readonly NamedPlace[]): Promise<void> {
    if (this.known.size > 200_000) this.known.clear();
    await this.ask(
      em,
      places.flatMap(({ country }) => (country === null ? [] : [countryNamed(country)])),
    );
    await this.ask(
      em,
      places.flatMap((place) => this.regionNamed(place) ?? []),
    );
  }

  private async ask(em: EntityManager, regions: readonly NamedRegion[]): Promise<void> {
    const unknown = new Map(
      regions.map((region) => [JSON.stringify(region), region] as const).filter(([key]) => !this.known.has(key)),
    );
    if (unknown.size === 0) return;
    const matches = await matchRegions(em, [...unknown.values()]);
    for (const [index, key] of [...unknown.keys()].entries()) this.known.set(key, matches[index] as RegionMatch);
  }

  private codeOfCountry(country: string | null): string | null {
    if (country === null) return null;
    const match = this.known.get(JSON.stringify(countryNamed(country)));
    return match?.kind === 'found' ? match.code : null;
  }

  /** What is asked for a place; null where it is no more than a country, or lies in one that is not found. */
  private regionNamed({ code, name, country, level }: NamedPlace): NamedRegion | null {
    const land = this.codeOfCountry(country);
    if ((code === null && name === null) || (country !== null && land === null)) return null;
    return {
      ...(code !== null && { code }),
      ...(name !== null && { name }),
      country: land,
      ...(level !== undefined && { level }),
    };
  }

  /** The code of a place's country; null where that is not known. */
  countryOf({ country }: NamedPlace): string | null {
    return this.codeOfCountry(country);
  }

  /** The code of a place's region of today, or what is wrong with it. */
  codeOf(place: NamedPlace, row: number): string | Fault {
    const asked = this.regionNamed(place) ?? countryNamed(place.country ?? '');
    const match = this.known.get(JSON.stringify(asked));
    if (match?.kind === 'found') return match.code;
    const found = shortened([place.code ?? place.name, place.country].filter((each) => each !== null).join(', '));
    const expected =
      match?.kind === 'candidates'
        ? `One region; there are several: ${match.codes.join(', ')}. Write a code, or declare \`level\`.`
        : `A region's code of any version, or its name with its country. ${match?.reason ?? ''}`.trim();
    return { row, column: place.column, expected, found };
  }
}

/** A country by its code, of NUTS or ISO 3166, or by its name in any language. */
const countryNamed = (country: string): NamedRegion =>
  /^[A-Za-z]{2}$/.test(country) ? { code: country.toUpperCase(), level: 0 } : { name: country, level: 0 };
