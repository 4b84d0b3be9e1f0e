/** A word of a text and where it stands in it. */
export interface Token {
  /** In lower case, without accents, in its own script: what stemmers take. */
  bare: string;
  /** The same in Latin letters: what is compared. */
  folded: string;
  start: number;
  end: number;
}

/** Longer ones are no words: they are cut, so that an index entry holds them. */
const longest = 64;

/** Letters that Unicode does not take apart into a letter and an accent. */
const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ς: 'σ',
};

/** Bulgarian by its law of transliteration of 2009, with the letters of its neighbours; Greek by ELOT 743, a letter at a time. */
const latin: Record<string, string> = Object.fromEntries(
  [
    'а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=ts ч=ch ш=sh щ=sht ъ=a ь=y ю=yu я=ya',
    'ы=y э=e ј=j љ=lj њ=nj ћ=c ђ=d џ=dz ѓ=g ќ=k ѕ=dz є=ye і=i ґ=g',
    'α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s τ=t υ=y φ=f χ=ch ψ=ps ω=o',
  ]
    .join(' ')
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]),
);

const isPlain = /^[a-z0-9]*$/;

/** Lower case, without accents. */
function bared(word: string): string {
  const lower = word.toLowerCase();
  if (isPlain.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^\0-\x7F]/gu, (letter) => letters[letter] ?? letter);
}

/** In Latin letters: Бургас is `burgas`, Πάτρα is `patra`. */
export function inLatin(bare: string): string {
  if (isPlain.test(bare)) return bare;
  return bare.replaceAll('ου', 'ou').replaceAll(/[^\0-\x7F]/gu, (letter) => latin[letter] ?? letter);
}

/** The words of a text in their order. Whatever is neither letter nor digit only parts them. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu)) {
    const bare = bared(match[0]).slice(0, longest);
    if (bare !== '')
      tokens.push({ bare, folded: inLatin(bare), start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}
