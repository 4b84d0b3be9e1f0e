import { Directive, Field, Int, ObjectType, registerEnumType, type ClassType } from 'type-graphql';
import { UserErrorCode } from '../graph/errors.js';

registerEnumType(UserErrorCode, {
  name: 'UserErrorCode',
  description: 'What kind of mistake it is.',
  valuesConfig: {
    REQUIRED: { description: 'Something is missing.' },
    INVALID: { description: 'A value is not of its kind: too long, no date, markup in a text.' },
    NOT_FOUND: { description: 'It names no record that you may see.' },
    DUPLICATE: { description: 'It stands elsewhere already, and may stand once.' },
    CONFLICT: { description: 'Two things contradict each other.' },
    CYCLE: { description: 'It leads back to itself.' },
    IMPOSSIBLE: { description: 'The step cannot be taken from here; the message tells which can.' },
    FORBIDDEN: { description: 'Another organisation than yours is named where only your own may be.' },
    VERSION_CONFLICT: {
      description: 'Somebody changed the record since `expectedVersion`: read it again, then decide.',
    },
    KEY_REUSED: { description: 'This `idempotencyKey` was sent with another input.' },
  },
});

@Directive('@shareable')
@ObjectType('UserError', { description: 'A mistake that whoever fills in the form can mend. Nothing was stored.' })
export class UserErrorType {
  @Field(() => [String], {
    description: 'The path in `input`, list places from 0; of a step, the field of the record that lacks something.',
  })
  field!: string[];

  @Field(() => UserErrorCode, { description: 'What kind of mistake, for programs.' })
  code!: UserErrorCode;

  @Field(() => String, { description: 'What is wrong, and how to mend it, for people.' })
  message!: string;
}

/** What came of a mutation. */
export interface Outcome {
  /** The record; null where nothing was stored. */
  id: string | null;
  userErrors: UserErrorType[];
  currentVersion: number | null;
  conflictingFields: string[] | null;
}

const named = (name: string): ClassType => Object.defineProperty(class {}, 'name', { value: name }) as ClassType;

const payloads = new Map<string, ClassType>();

/** `<Type>Payload`: the answer of every mutation of records of one type. */
export function payloadType(type: string, field: string, record: () => ClassType): ClassType {
  const known = payloads.get(type);
  if (known) return known;
  const Payload = named(`${type}Payload`);
  const add = (name: string, of: () => unknown, options: object) =>
    Field(of as () => ClassType, options)(Payload.prototype as object, name);
  add(field, record, { nullable: true, description: 'The record as it is now; null where nothing was stored.' });
  add('userErrors', () => [UserErrorType], { description: 'All that is to be mended; empty where it was stored.' });
  add('currentVersion', () => Int, {
    nullable: true,
    description: 'The version that the record has now; null unless it is not `expectedVersion`.',
  });
  add('conflictingFields', () => [String], {
    nullable: true,
    description:
      'The fields that others changed since `expectedVersion`, as `revisions` name them; null without a conflict.',
  });
  ObjectType(`${type}Payload`, { description: 'What came of a mutation: a record, or what is to be mended.' })(Payload);
  payloads.set(type, Payload);
  return Payload;
}
