import { translationsOf } from '../translation.mutations.js';
import { Event } from './event.entity.js';
import { eventFields } from './event.fields.js';
import { eventTexts } from './event.resolver.js';
import { EventType } from './event.type.js';
import { Session } from './session.entity.js';
import { sessionFields } from './session.fields.js';
import { sessionTexts } from './session.resolver.js';
import { SessionType } from './session.type.js';
import { EventRole } from './event-role.entity.js';
import { eventRoleFields } from './event-role.fields.js';
import { eventRoleTexts } from './event-role.resolver.js';
import { EventRoleType } from './event-role.type.js';
import { Output } from './output.entity.js';
import { outputFields } from './output.fields.js';
import { outputTexts } from './output.resolver.js';
import { OutputType } from './output.type.js';
import { OutputUpdate } from './output-update.entity.js';
import { outputUpdateFields } from './output-update.fields.js';
import { outputUpdateTexts } from './output-update.resolver.js';
import { OutputUpdateType } from './output-update.type.js';
import { Task } from './task.entity.js';
import { taskFields } from './task.fields.js';
import { taskTexts } from './task.resolver.js';
import { TaskType } from './task.type.js';
import { ActionPlan } from './action-plan.entity.js';
import { actionPlanFields } from './action-plan.fields.js';
import { actionPlanTexts } from './action-plan.resolver.js';
import { ActionPlanType } from './action-plan.type.js';
import { Action } from './action.entity.js';
import { actionFields } from './action.fields.js';
import { actionTexts } from './action.resolver.js';
import { ActionType } from './action.type.js';

/** How texts of this subgraph's records come into further languages. */
export const activitiesTranslations = [
  translationsOf<Event>({
    noun: 'event',
    fields: eventFields,
    entity: Event,
    type: () => EventType,
    loader: 'eventById',
    texts: eventTexts,
  }),
  translationsOf<Session>({
    noun: 'session',
    fields: sessionFields,
    entity: Session,
    type: () => SessionType,
    loader: 'sessionById',
    texts: sessionTexts,
  }),
  translationsOf<EventRole>({
    noun: 'role',
    fields: eventRoleFields,
    entity: EventRole,
    type: () => EventRoleType,
    loader: 'roleById',
    texts: eventRoleTexts,
  }),
  translationsOf<Output>({
    noun: 'output',
    fields: outputFields,
    entity: Output,
    type: () => OutputType,
    loader: 'outputById',
    texts: outputTexts,
  }),
  translationsOf<OutputUpdate>({
    noun: 'update of an output',
    fields: outputUpdateFields,
    entity: OutputUpdate,
    type: () => OutputUpdateType,
    loader: 'updateById',
    texts: outputUpdateTexts,
  }),
  translationsOf<Task>({
    noun: 'task',
    fields: taskFields,
    entity: Task,
    type: () => TaskType,
    loader: 'taskById',
    texts: taskTexts,
  }),
  translationsOf<ActionPlan>({
    noun: 'action plan',
    fields: actionPlanFields,
    entity: ActionPlan,
    type: () => ActionPlanType,
    loader: 'actionPlanById',
    texts: actionPlanTexts,
  }),
  translationsOf<Action>({
    noun: 'action',
    fields: actionFields,
    entity: Action,
    type: () => ActionType,
    loader: 'actionById',
    texts: actionTexts,
  }),
];
