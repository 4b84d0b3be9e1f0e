import { registerEnumType, Resolver, type ClassType } from 'type-graphql';
import { z } from 'zod';
import type { Texts } from '../graph/translation.js';
import { explained } from './mutation.inputs.js';
import { held, mutate, type Aimed } from './mutation.service.js';
import { adder, aim, article, type Writing } from './mutations.js';
import { languageTag, text } from './record.inputs.js';
import { translate, Translator, type Original, type Translation } from './translation.service.js';

registerEnumType(Translator, {
  name: 'Translator',
  description: 'Who put a text into another language.',
  valuesConfig: {
    HUMAN: { description: 'Somebody who reads both languages, or has corrected what a machine wrote.' },
    MACHINE: { description: 'A machine; nobody has corrected it.' },
  },
});

/** Records of one type whose texts people write in further languages. */
export interface Translating<Record extends Original> extends Pick<
  Writing<Record>,
  'entity' | 'type' | 'loader' | 'noun'
> {
  fields: Pick<Writing<Record>['fields'], 'type' | 'prefix' | 'table'>;
  texts: Texts;
}

type Told = Pick<Translation, 'language' | 'origin'> & Translation['texts'];

const item = text.refine((value) => !value.includes('\n'), 'It has several lines. Write each item on one line.');

/** What one field may be in another language; what is left out of an input stays as it is. */
function inputOf(name: string, { isList = false, max }: Texts[string]): z.ZodType {
  const one = max === undefined ? text : text.max(max);
  const said = `\`${name}\` in that language${isList ? ', as many items as the original has' : ''}; null takes it out.`;
  return (isList ? z.array(item) : one).nullish().describe(said);
}

/** `<type>Translate` as a resolver: it writes the texts of a record in another language than its own. */
export function translationsOf<Record extends Original>(translating: Translating<Record>): ClassType {
  const { fields, entity, noun, texts } = translating;
  const Made = Object.defineProperty(class {}, 'name', { value: `${fields.type}Translations` }) as ClassType;
  const said: { [field: string]: z.ZodType } = {
    language: languageTag.describe('The language that the texts are written in here; not that of the original.'),
    origin: z.enum(Translator).describe('Who put these texts into that language.'),
    ...Object.fromEntries(Object.entries(texts).map(([name, each]) => [name, inputOf(name, each)])),
  };
  const form = z.strictObject(said);
  adder(translating, Made)(
    'Translate',
    `Adds, corrects or takes out texts of ${article(noun)} in another language; the original stays as it is.`,
    { ...aim, ...said },
    ({ viewer, write }, input: Aimed, name) =>
      mutate({ viewer, write }, { name, input, id: input.id }, async (em) => {
        const record = await held(em, fields, entity, input);
        const { id: _id, expectedVersion: _version, idempotencyKey: _key, ...told } = input as Aimed & object;
        const { language, origin, ...written } = explained(form, told) as Told;
        const removed = Object.entries(told).flatMap(([field, value]) =>
          value === null && field in texts ? field : [],
        );
        await translate(em, record, { language, origin, texts: written, removed });
      }),
  );
  Resolver()(Made);
  return Made;
}
