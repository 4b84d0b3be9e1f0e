import { closedClasses } from './closed-classes.js';

/** PostgreSQL's snowball dictionaries by language. Croatian and Bosnian are stemmed as Serbian, whose endings they share. */
export const dictionaries: Readonly<Record<string, string>> = {
  ca: 'catalan_stem',
  bs: 'serbian_stem',
  da: 'danish_stem',
  de: 'german_stem',
  el: 'greek_stem',
  en: 'english_stem',
  es: 'spanish_stem',
  et: 'estonian_stem',
  eu: 'basque_stem',
  fi: 'finnish_stem',
  fr: 'french_stem',
  ga: 'irish_stem',
  hr: 'serbian_stem',
  hu: 'hungarian_stem',
  it: 'italian_stem',
  lt: 'lithuanian_stem',
  nb: 'norwegian_stem',
  nl: 'dutch_stem',
  nn: 'norwegian_stem',
  no: 'norwegian_stem',
  pt: 'portuguese_stem',
  ro: 'romanian_stem',
  sr: 'serbian_stem',
  sv: 'swedish_stem',
  tr: 'turkish_stem',
};

/** The languages of whose words something is known: their inflection, or which of them say nothing. */
export const knownLanguages: readonly string[] = [
  ...new Set([...Object.keys(dictionaries), ...Object.keys(closedClasses)]),
];

/** The language of a tag without its region and script, as far as it is a known one: `pt-BR` is `pt`. */
export function knownLanguage(tag: string | null): string | null {
  const language = tag?.split('-')[0]?.toLowerCase() ?? '';
  return knownLanguages.includes(language) ? language : null;
}
