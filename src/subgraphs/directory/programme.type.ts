import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { RecordType } from '../record.type.js';
import { CooperationType, programmeFields } from './programme.fields.js';

registerEnumType(CooperationType, {
  name: 'CooperationType',
  description: 'Which regions an Interreg programme brings together.',
  valuesConfig: {
    CROSS_BORDER: { description: 'Neighbours across a border (strand A).' },
    TRANSNATIONAL: { description: 'A larger area of several countries (strand B).' },
    INTERREGIONAL: { description: 'Regions from anywhere in Europe (strand C).' },
    OUTERMOST: { description: 'Outermost regions and their neighbours (strand D).' },
  },
});

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('Programme', { description: 'A funding programme that pays for projects.' })
export class ProgrammeType extends RecordType {
  @Field(() => String, { description: 'Readable key, such as `interreg-ivc`.' })
  slug!: string;

  @Field(() => String, { description: 'The name as the programme writes it.' })
  name!: string;

  @Field(() => CooperationType, {
    nullable: true,
    description: 'Which regions it brings together; null outside Interreg.',
  })
  cooperationType?: CooperationType | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The first calendar year of its funding period; null where unknown.',
  })
  startYear?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The last calendar year of its funding period; null where unknown.',
  })
  endYear?: number | null;

  @Field(() => String, { nullable: true, description: 'The fund behind it, such as ERDF; null where no source tells.' })
  fund?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The key action of an Erasmus+ programme, such as KA2; null for others.',
  })
  keyAction?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The action type of an Erasmus+ programme, such as Strategic Partnership; null for others.',
  })
  actionType?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it wants to bring about, in one sentence; null where no source tells.',
  })
  objective?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many projects it funded, as it says itself, or null; `projects` lists those that have a record here.',
  })
  projectsCount?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many partners its projects had, as it says itself; null where it does not.',
  })
  partnersCount?: number | null;

  @Field(() => String, { nullable: true, description: 'The address of its own pages; null where none is known.' })
  website?: string | null;
}

export const ProgrammeConnection = connectionType('Programme', () => ProgrammeType, 'programmes');
export const ProgrammeArguments = connectionArguments(programmeFields, 'programmes', { CooperationType });
