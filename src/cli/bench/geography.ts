import type { Language } from './phrase-book.js';
import type { Random } from './random.js';

/** Inhabitants in millions, about those of 2024, and the language in which organisations there write. */
const countries: Record<string, readonly [inhabitants: number, language: Language]> = {
  AT: [9.2, 'de'],
  BE: [11.8, 'fr'],
  BG: [6.4, 'bg'],
  CH: [9.0, 'de'],
  CY: [1.0, 'en'],
  CZ: [10.9, 'en'],
  DE: [83.4, 'de'],
  DK: [6.0, 'en'],
  EE: [1.4, 'en'],
  EL: [10.4, 'en'],
  ES: [48.6, 'es'],
  FI: [5.6, 'en'],
  FR: [68.4, 'fr'],
  HR: [3.9, 'en'],
  HU: [9.6, 'hu'],
  IE: [5.3, 'en'],
  IS: [0.4, 'en'],
  IT: [59.0, 'it'],
  LT: [2.9, 'en'],
  LU: [0.7, 'fr'],
  LV: [1.9, 'en'],
  MT: [0.6, 'en'],
  NL: [17.9, 'en'],
  NO: [5.6, 'en'],
  PL: [36.6, 'en'],
  PT: [10.6, 'en'],
  RO: [19.1, 'en'],
  SE: [10.6, 'en'],
  SI: [2.1, 'en'],
  SK: [5.4, 'en'],
};

export interface Region {
  id: string;
  code: string;
  name: string;
  country: string;
}

export interface Geography {
  /** A NUTS 3 region: a country by its inhabitants, and in it the first codes more often than the last. */
  draw(random: Random): Region;
  /** The region itself, or now and then the NUTS 2 region around it. */
  widened(random: Random, region: Region): Region;
  country(code: string): Region;
  languageOf(region: Region): Language;
}

/** Knows where things are, from the regions of NUTS 2024. */
export function geographyOf(regions: readonly Region[]): Geography {
  const byCode = new Map(regions.map((region) => [region.code, region]));
  const smallest = Map.groupBy(
    regions.filter(({ code }) => code.length === 5),
    ({ country }) => country,
  );
  let sum = 0;
  const shares = Object.entries(countries)
    .filter(([code]) => smallest.has(code))
    .map(([code, [inhabitants]]) => ({ code, upTo: (sum += inhabitants) }));
  return {
    draw: (random) => {
      const at = random.unit() * sum;
      const code = shares.find(({ upTo }) => at < upTo)?.code ?? 'DE';
      const inside = smallest.get(code) ?? [];
      return inside[random.skewed(inside.length, 0.5)] as Region;
    },
    widened: (random, region) => (random.chance(0.15) ? (byCode.get(region.code.slice(0, 4)) ?? region) : region),
    country: (code) => byCode.get(code) as Region,
    languageOf: ({ country }) => countries[country]?.[1] ?? 'en',
  };
}
