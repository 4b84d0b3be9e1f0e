import { knownLanguage } from '../analysis/languages.js';
import { stemIn, type Stemming } from '../analysis/stemming.js';
import { tokensOf, type Token } from '../analysis/tokens.js';
import type { SearchText } from '../document.js';

/** A text as it is searched: its words without accents and case, and again as they are reduced, where that differs. */
export type Written = readonly string[];

interface ReadText extends SearchText {
  tokens: Token[];
}

/** What is known of texts by language and text: names of regions, partners and themes stand in a great many documents. */
const knownTexts = new WeakMap<Stemming, Map<string, Written>>();
const most = { texts: 20_000, characters: 200 };

const keyOf = ({ language, text }: SearchText): string => `${language} ${text}`;

/** How these texts are written. Their stems are learned at once. */
export async function writtenTexts(
  texts: readonly SearchText[],
  stemming: Stemming,
): Promise<(text: SearchText) => Written> {
  const before = knownTexts.get(stemming);
  const known = before && before.size < most.texts ? before : new Map<string, Written>();
  knownTexts.set(stemming, known);
  const unknown = new Map(texts.map((text) => [keyOf(text), text]));
  for (const key of unknown.keys()) if (known.has(key)) unknown.delete(key);
  const read = [...unknown.values()].map((text): ReadText => ({ ...text, tokens: tokensOf(text.text) }));
  await stemming.learn(pairsOf(read, stemming));
  const others = new Map<string, Written>();
  for (const text of read)
    (text.text.length > most.characters ? others : known).set(keyOf(text), writtenOf(text, stemming));
  return (text) => known.get(keyOf(text)) ?? others.get(keyOf(text)) ?? [];
}

/** Each word with the languages that it is reduced in. */
function pairsOf(texts: readonly ReadText[], stemming: Stemming): [language: string, bare: string][] {
  return [...Map.groupBy(texts, ({ language }) => language)].flatMap(([tag, some]) => {
    const words = new Set(some.flatMap(({ tokens }) => tokens.map(({ bare }) => bare)));
    return languagesOf(tag, stemming).flatMap((each) => [...words].map((bare): [string, string] => [each, bare]));
  });
}

/** A name belongs to no language, and is found in all. */
const languagesOf = (tag: string | null, stemming: Stemming): readonly string[] =>
  tag === null ? stemming.languages : [knownLanguage(tag) ?? []].flat();

function writtenOf(text: ReadText, stemming: Stemming): Written {
  const words = text.tokens.map(({ folded }) => folded).join(' ');
  const reduced =
    text.language === null
      ? ofName(text, stemming)
      : languagesOf(text.language, stemming).map((language) =>
          text.tokens.map((token) => stemIn(stemming, language, token)).join(' '),
        );
  return [...new Set([words, ...reduced])];
}

/** The nth reduction has of each word the nth of what that may be reduced to, without how it stands. */
function ofName({ tokens }: ReadText, stemming: Stemming): string[] {
  const forms = tokens.map((token) => {
    const stems = new Set(stemming.languages.map((language) => stemIn(stemming, language, token)));
    return [...stems].filter((stem) => stem !== token.folded);
  });
  const longest = Math.max(0, ...forms.map(({ length }) => length));
  return Array.from({ length: longest }, (_, nth) => forms.flatMap((each) => each[nth] ?? []).join(' '));
}
