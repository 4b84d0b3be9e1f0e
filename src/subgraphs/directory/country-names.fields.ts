/** The languages of the countries that we hold, and those that people write of them in. */
const languages = (
  'bg bs cs da de el en es et fi fr ga hr hu is it ka lb lt lv mk mt nb nl pl pt rm ro sk sl sq sr sr-Latn sv tr uk ' +
  'ca eu gl'
).split(' ');

const known = new Map<string, ReadonlySet<string>>();

/** What a country (ISO 3166-1 alpha-2) is called in these languages by CLDR, as the runtime has it; folded. */
export function countryNames(iso: string): ReadonlySet<string> {
  let names = known.get(iso);
  if (!names) {
    const each = languages.flatMap((language) => new Intl.DisplayNames(language, { type: 'region' }).of(iso) ?? []);
    known.set(iso, (names = new Set(each.map(folded))));
  }
  return names;
}

/** Without case, accents, spaces and punctuation. */
export const folded = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
