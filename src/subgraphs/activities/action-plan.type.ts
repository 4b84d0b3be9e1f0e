import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { DateScalar } from '../../graph/scalars.js';
import { RecordType } from '../record.type.js';
import { actionPlanFields, ActionPlanStatus } from './action-plan.fields.js';

registerEnumType(ActionPlanStatus, {
  name: 'ActionPlanStatus',
  description: 'How far an action plan has come.',
  valuesConfig: {
    PROPOSED: { description: 'Somebody put it forward.' },
    SUPPORTED: { description: 'Those concerned are for it.' },
    APPROVED: { description: 'Whoever decides has agreed to it.' },
    IN_IMPLEMENTATION: { description: 'Its actions are under way.' },
    COMPLETED: { description: 'Its actions are done.' },
  },
});

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('ActionPlan', { description: 'What an organisation, or a project, sets out to do.' })
export class ActionPlanType extends RecordType {
  @Field(() => String, { description: 'Readable key, such as `scale-sme-action-plan`.' })
  slug!: string;

  title!: string;
  note?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Which version it is, as its source says: "initial proposal"; null where it says nothing of that.',
  })
  versionLabel?: string | null;

  @Field(() => ActionPlanStatus, { nullable: true, description: 'How far it had come; null where no source tells.' })
  status?: ActionPlanStatus | null;

  @Field(() => DateScalar, { nullable: true, description: 'The day for which the status was told; null if unknown.' })
  statusOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who is for it, in words such as "all partners", where the source does not name them; null otherwise.',
  })
  endorsedByText?: string | null;
}

export const ActionPlanConnection = connectionType('ActionPlan', () => ActionPlanType, 'action plans');
export const ActionPlanArguments = connectionArguments(actionPlanFields, 'action plans', { ActionPlanStatus });
