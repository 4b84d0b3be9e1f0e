import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { Viewer } from '../../graph/context.js';

export const ViewerRole = {
  ANONYMOUS: 'ANONYMOUS',
  PARTNER: 'PARTNER',
  REVIEWER: 'REVIEWER',
  ADMIN: 'ADMIN',
  SERVICE: 'SERVICE',
} as const satisfies { [Role in Viewer['role']]: Role };

registerEnumType(ViewerRole, {
  name: 'ViewerRole',
  description: 'As what somebody asks.',
  valuesConfig: {
    ANONYMOUS: { description: 'Nobody who has signed in: reads what is published.' },
    PARTNER: { description: 'An editor of one organisation: sees its drafts, and writes what is its own.' },
    REVIEWER: { description: 'Judges practices: sees all drafts, and takes the steps of the review.' },
    ADMIN: { description: 'Keeps the knowledge base: sees and writes everything.' },
    SERVICE: { description: 'A program of whoever runs the server: sees and writes everything.' },
  },
});

export const DraftScope = { NONE: 'NONE', OWN: 'OWN', ALL: 'ALL' } as const;

registerEnumType(DraftScope, {
  name: 'DraftScope',
  description: 'Which records that are not public somebody sees.',
  valuesConfig: {
    NONE: { description: 'What is published, and nothing else.' },
    OWN: { description: 'Those of the own organisation too: drafts, and what was withdrawn.' },
    ALL: { description: 'Those of everybody.' },
  },
});

@ObjectType('Viewer', { description: 'Who asks, and what they may do.' })
export class ViewerType {
  @Field(() => ViewerRole, { description: 'As what this request is answered; ANONYMOUS without a token.' })
  role!: Viewer['role'];
  @Field(() => ID, {
    nullable: true,
    description: 'The account that acts, `acc_…`; null for the anonymous. It is no record: `node` knows it not.',
  })
  account!: string | null;
  @Field(() => DraftScope, { description: 'Which records that are not public the viewer sees.' })
  drafts!: keyof typeof DraftScope;
  @Field(() => [String], {
    description:
      'What the viewer may ask for and not everyone may, as schema coordinates: mutations such as `Mutation.goodPracticeSubmit`, and fields such as `PartnerContact.email`. Empty for the anonymous.',
  })
  may!: string[];
  /** Of a PARTNER. */
  partnerId!: string | null;
}
