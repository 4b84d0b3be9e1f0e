import { connectionsOf } from '../../graph/connection.js';
import type { Read } from '../../graph/context.js';
import { idsBy, rowBy, rowsBy, rowsThrough } from '../../graph/fields.js';
import { translationLoader } from '../../graph/translation.js';
import { pathsOf } from '../path.loaders.js';
import { actionPlanFields, type ActionPlanRow } from './action-plan.fields.js';
import { actionFields, type ActionRow } from './action.fields.js';
import { eventFields, type EventRow } from './event.fields.js';
import { eventRoleFields, type EventRoleRow } from './event-role.fields.js';
import { outputFields, type OutputRow } from './output.fields.js';
import { outputUpdateFields, type OutputUpdateRow } from './output-update.fields.js';
import { sessionFields, type SessionRow } from './session.fields.js';
import { taskFields, type TaskRow } from './task.fields.js';

/** One set per request: what it loads is cached for that request alone. */
export function activitiesLoaders(read: Read) {
  const pathOf = pathsOf(read);
  const events = (parent: string | null) => connectionsOf<EventRow>(read, eventFields, parent, pathOf);
  const outputs = (parent: string | null) => connectionsOf<OutputRow>(read, outputFields, parent, pathOf);
  const tasks = (parent: string | null) => connectionsOf<TaskRow>(read, taskFields, parent, pathOf);
  const plans = (parent: string | null) => connectionsOf<ActionPlanRow>(read, actionPlanFields, parent, pathOf);
  return {
    eventById: rowBy<EventRow>(read, eventFields),
    eventBySlug: rowBy<EventRow>(read, eventFields, 'slug'),
    events: events(null),
    eventsByProject: events('project'),
    eventsByPartner: events('partner'),
    eventsByPractice: events('practice'),
    sessionById: rowBy<SessionRow>(read, sessionFields),
    sessionsByEvent: rowsBy<SessionRow>(read, sessionFields, 'eventId', 't.day nulls last, t.position'),
    roleById: rowBy<EventRoleRow>(read, eventRoleFields),
    rolesByEvent: rowsBy<EventRoleRow>(read, eventRoleFields, 'eventId', 't.position'),
    outputById: rowBy<OutputRow>(read, outputFields),
    outputBySlug: rowBy<OutputRow>(read, outputFields, 'slug'),
    outputs: outputs(null),
    outputsByProject: outputs('project'),
    usesByOutput: rowsThrough<OutputRow>(read, outputFields, outputFields.edges.uses),
    updateById: rowBy<OutputUpdateRow>(read, outputUpdateFields),
    updatesByOutput: rowsBy<OutputUpdateRow>(read, outputUpdateFields, 'outputId', 't.reported_on desc, t.id desc'),
    taskById: rowBy<TaskRow>(read, taskFields),
    taskBySlug: rowBy<TaskRow>(read, taskFields, 'slug'),
    tasks: tasks(null),
    tasksByProject: tasks('project'),
    tasksByAssignee: tasks('assignee'),
    actionPlanById: rowBy<ActionPlanRow>(read, actionPlanFields),
    actionPlanBySlug: rowBy<ActionPlanRow>(read, actionPlanFields, 'slug'),
    actionPlans: plans(null),
    actionPlansByProject: plans('project'),
    endorsersByPlan: idsBy(read, actionPlanFields.edges.endorsedBy),
    actionById: rowBy<ActionRow>(read, actionFields),
    actionsByPlan: rowsBy<ActionRow>(read, actionFields, 'actionPlanId', 't.position'),
    actionsByTransfer: rowsBy<ActionRow>(read, actionFields, 'transferId', 't.position'),
    translations: translationLoader(read),
  };
}
