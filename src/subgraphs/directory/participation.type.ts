import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { DateScalar } from '../../graph/scalars.js';
import { DatePrecision } from '../record.fields.js';
import { RecordType } from '../record.type.js';
import { PartnerType } from '../partner-type.type.js';
import { ParticipationRole, participationFields } from './participation.fields.js';

registerEnumType(ParticipationRole, {
  name: 'ParticipationRole',
  description: 'The part an organisation takes in a project.',
  valuesConfig: {
    LEAD_PARTNER: { description: 'Signs for all and coordinates.' },
    PARTNER: { description: 'Takes part with a budget of its own.' },
    ASSOCIATED: { description: 'Takes part without a budget.' },
    TECHNICAL: { description: 'Carries out work for another partner.' },
    THIRD_PARTY: { description: 'Linked to a partner, which answers for it.' },
    EXPERT: { description: 'Advises.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('Participation', { description: "One organisation's part in one project." })
export class ParticipationType extends RecordType {
  @Field(() => ParticipationRole, { description: 'The part taken.' })
  role!: ParticipationRole;

  @Field(() => String, {
    nullable: true,
    description: 'The role in the words of the source, where it says more than `role`; null otherwise.',
  })
  roleLabel?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "The number in the project's own list of partners, from 1; two that follow each other share it. Null where it has no such list.",
  })
  position?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The code of the organisation's region as it was then; `regionThen` says what it meant. Null where unknown.",
  })
  regionCode?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When the part began; null means with the project, or unknown.',
  })
  startDate?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `startDate` is known; null with it.' })
  startDatePrecision?: DatePrecision | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When the part ended; null means with the project, or unknown.',
  })
  endDate?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `endDate` is known; null with it.' })
  endDatePrecision?: DatePrecision | null;
}

export const ParticipationConnection = connectionType('Participation', () => ParticipationType, 'participations');
export const ParticipationArguments = connectionArguments(participationFields, 'participations', {
  ParticipationRole,
  PartnerType,
});
