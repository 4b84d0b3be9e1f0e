import { sql } from 'kysely';
import {
  Arg,
  Directive,
  Field,
  FieldResolver,
  ObjectType,
  registerEnumType,
  Root,
  Ctx,
  type ClassType,
} from 'type-graphql';
import type { Read } from './context.js';
import { BadInput } from './errors.js';
import { loaderOf } from './loaders.js';
import { Reads } from './reads.js';
import { LanguageTagScalar } from './scalars.js';

export const TextOrigin = { ORIGINAL: 'ORIGINAL', HUMAN: 'HUMAN', MACHINE: 'MACHINE' } as const;
export type TextOrigin = keyof typeof TextOrigin;
registerEnumType(TextOrigin, {
  name: 'TextOrigin',
  description: 'Who wrote a text as it is served.',
  valuesConfig: {
    ORIGINAL: { description: 'Its author, in the language of the record.' },
    HUMAN: { description: 'A human translator.' },
    MACHINE: { description: 'A machine; nobody has corrected it.' },
  },
});

interface Translation {
  record: string;
  field: string;
  language: string;
  text: string;
  origin: TextOrigin;
}

/**
 * What translations `language` may be answered with, best first: `pt-BR`, then `pt` (RFC 4647 §3.4 lookup). It ends
 * where the language of the original comes: that is served then.
 */
export function fallbackChain(language: string, original: string): string[] {
  const parts = language.split('-');
  const chain = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
  const end = chain.indexOf(original);
  return end === -1 ? chain : chain.slice(0, end);
}

/** The best translation of each field of a record, per language asked; one statement for all records of a tick. */
export function translationLoader(read: Read) {
  const loader = loaderOf<{ id: string; chain: string[] }, Map<string, Translation>, string>(
    read,
    async (keys) => {
      const ids = [...new Set(keys.map(({ id }) => id))];
      const languages = [...new Set(keys.flatMap(({ chain }) => chain))];
      const rows = await read(sql<Translation>`select t.record_id as "record", t.field, t.language, t.text, t.origin
        from translation t where t.record_id = any(${ids}::text[]) and t.language = any(${languages}::text[])`);
      const byRecord = Map.groupBy(rows, (row) => row.record);
      return keys.map(({ id, chain }) => best(byRecord.get(id) ?? [], chain));
    },
    { cacheKeyFn: ({ id, chain }) => `${id} ${chain.join(' ')}` },
  );
  return {
    /** By field; empty where the original is the best there is, or no language is asked for. */
    load: async (row: Translated, language: string | null | undefined): Promise<Map<string, Translation>> => {
      const chain = language == null ? [] : fallbackChain(language, row.language);
      return chain.length === 0 ? new Map() : loader.load({ id: row.id, chain });
    },
  };
}

function best(translations: Translation[], chain: string[]): Map<string, Translation> {
  const found = new Map<string, Translation>();
  for (const language of chain.toReversed())
    for (const each of translations) if (each.language === language) found.set(each.field, each);
  return found;
}

@Directive('@shareable')
@ObjectType({ description: 'In which language a text was served, and who wrote it so.' })
export class ContentLanguage {
  @Field(() => LanguageTagScalar, { description: 'The language of the texts as served.' }) tag!: string;
  @Field(() => TextOrigin, { description: 'Who wrote the texts as served.' }) origin!: TextOrigin;
}

interface Translated {
  id: string;
  language: string;
}
interface TranslationContext {
  loaders: { translations: ReturnType<typeof translationLoader> };
}

/** Describes one translatable field for the schema. */
export interface TextField {
  description: string;
  nullable?: boolean;
  /** Several texts; a translation has one a line, in their order. */
  isList?: boolean;
  /** The most characters that it may have. */
  max?: number;
}

/** The translatable fields of a type by name. */
export type Texts = Readonly<Record<string, TextField>>;

const languageOption = {
  nullable: true,
  description:
    'The language wanted. Served where a translation exists, else the next wider tag, else the original; without it the original.',
};

/**
 * Adds to a resolver class the fields of its type that exist in several languages, each with a `language` argument, and
 * `contentLanguage`, which says what one of them, or the first, was served in.
 */
export function resolveTexts(resolver: ClassType, texts: Texts): void {
  const { prototype } = resolver as { prototype: Record<string, unknown> };
  for (const [name, { description, nullable = false, isList = false }] of Object.entries(texts)) {
    prototype[name] = async (
      row: Translated & Record<string, string | string[] | null>,
      language: string | null | undefined,
      { loaders }: TranslationContext,
    ) => {
      // What its author took out is no longer said in any language.
      if (row[name] == null) return null;

      const text = (await loaders.translations.load(row, language)).get(name)?.text;
      return (isList ? text?.split('\n') : text) ?? row[name];
    };
    decorate(prototype, name, () => (isList ? [String] : String), { nullable, description });
    // The original, without a language.
    Reads({ column: name })(prototype, name);
  }
  resolveLanguage(prototype, Object.keys(texts));
}

/** Adds `contentLanguage` for these fields. */
function resolveLanguage(prototype: Record<string, unknown>, names: readonly string[]): void {
  const [first = ''] = names;
  prototype['contentLanguage'] = async (
    row: Translated & Record<string, unknown>,
    language: string | null | undefined,
    { loaders }: TranslationContext,
    field: string | null | undefined,
  ): Promise<ContentLanguage> => {
    if (field != null && !names.includes(field))
      throw new BadInput(`'${field.slice(0, 60)}' has no translations here. Name one of ${names.join(', ')}.`);
    const name = field ?? first;
    const served = row[name] == null ? undefined : (await loaders.translations.load(row, language)).get(name);
    return served
      ? { tag: served.language, origin: served.origin }
      : { tag: row.language, origin: TextOrigin.ORIGINAL };
  };
  Arg('field', () => String, {
    nullable: true,
    description: `Which text is asked about: ${names.map((name) => `\`${name}\``).join(', ')}. Each may be served in another language.`,
  })(prototype, 'contentLanguage', 3);
  decorate(prototype, 'contentLanguage', () => ContentLanguage, {
    description: `In which language a text of the record is served to who asks for this one: \`${first}\` unless \`field\` names another.`,
  });
}

function decorate(prototype: object, name: string, type: () => unknown, options: object): void {
  Root()(prototype, name, 0);
  Arg('language', () => LanguageTagScalar, languageOption)(prototype, name, 1);
  Ctx()(prototype, name, 2);
  FieldResolver(type as () => ClassType, options)(prototype, name, {
    value: (prototype as Record<string, unknown>)[name],
  } as TypedPropertyDescriptor<unknown>);
}
