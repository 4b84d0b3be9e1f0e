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

/** A word as it is compared; what is too long for one is cut. */
export const foldedOf = (word: string): string => inLatin(bared(word).slice(0, longest));

/** What a character is to words: it parts them, goes on with one (as accents do), or may begin one as well. */
const [parts, goesOn, begins] = [1, 2, 3];

/** By UTF-16 unit, 0 where that was not asked yet: looked up it is ten times as fast as a regular expression. */
const kinds = new Uint8Array(0x1_00_00);

const kindOf = (character: string): number =>
  /[\p{L}\p{N}]/u.test(character) ? begins : /\p{M}/u.test(character) ? goesOn : parts;

function kindAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  const known = kinds[unit] as number;
  if (known > 0) return known;
  if (unit < 0xd8_00 || unit > 0xdf_ff) return (kinds[unit] = kindOf(text.charAt(at)));
  // Both halves of a pair are what the whole is.
  const whole = text.codePointAt(unit < 0xdc_00 ? at : Math.max(0, at - 1)) as number;
  return whole > 0xff_ff ? kindOf(String.fromCodePoint(whole)) : parts;
}

/** Where the first word begins that stands here or later; -1 where none does. Whatever is neither letter nor digit only parts words. */
export function wordFrom(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) if (kindAt(text, at) === begins) return at;
  return -1;
}

/** Where the word ends that begins here. */
export function wordEnd(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && kindAt(text, end) !== parts) end += 1;
  return end;
}

/** The words of a text in their order. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let end = 0, start = wordFrom(text, 0); start >= 0; start = wordFrom(text, end)) {
    end = wordEnd(text, start);
    const bare = bared(text.slice(start, end)).slice(0, longest);
    if (bare !== '') tokens.push({ bare, folded: inLatin(bare), start, end });
  }
  return tokens;
}
