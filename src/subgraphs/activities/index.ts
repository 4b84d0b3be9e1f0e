import { byReference } from '../../graph/find.js';
import { sizesOf, type Fields } from '../../graph/fields.js';
import { buildSubgraph } from '../../graph/subgraph.js';
import type { Manifest } from '../manifest.js';
import { activitiesSeeds } from './activities.seeds.js';
import { ActionPlan } from './action-plan.entity.js';
import { actionPlanFields } from './action-plan.fields.js';
import { ActionPlanMutations } from './action-plan.mutations.js';
import { ActionPlanResolver } from './action-plan.resolver.js';
import { Action } from './action.entity.js';
import { actionFields } from './action.fields.js';
import { ActionResolver } from './action.resolver.js';
import { activitiesContext, type ActivitiesContext } from './context.js';
import { PartnerActivitiesResolver, ProjectActivitiesResolver } from './directory.resolver.js';
import { EventRole } from './event-role.entity.js';
import { eventRoleFields } from './event-role.fields.js';
import { EventRoleResolver } from './event-role.resolver.js';
import { Event } from './event.entity.js';
import { eventFields } from './event.fields.js';
import { EventMutations } from './event.mutations.js';
import { EventResolver } from './event.resolver.js';
import { OutputUpdate } from './output-update.entity.js';
import { outputUpdateFields } from './output-update.fields.js';
import { OutputUpdateResolver } from './output-update.resolver.js';
import { Output } from './output.entity.js';
import { outputFields } from './output.fields.js';
import { OutputMutations } from './output.mutations.js';
import { OutputResolver } from './output.resolver.js';
import { GoodPracticeActivitiesResolver } from './practices.resolver.js';
import { Session } from './session.entity.js';
import { sessionFields } from './session.fields.js';
import { SessionResolver } from './session.resolver.js';
import { Task } from './task.entity.js';
import { taskFields } from './task.fields.js';
import { TaskMutations } from './task.mutations.js';
import { TaskResolver } from './task.resolver.js';
import { activitiesTranslations } from './translation.mutations.js';
import { TransferActivitiesResolver } from './transfers.resolver.js';

const fields: readonly Fields[] = [
  eventFields,
  sessionFields,
  eventRoleFields,
  outputFields,
  outputUpdateFields,
  taskFields,
  actionPlanFields,
  actionFields,
];

/** What projects do: events with their sessions and roles, outputs, tasks and action plans. */
export const activities: Manifest = {
  name: 'activities',
  build: () =>
    buildSubgraph<ActivitiesContext>({
      name: 'activities',
      sizes: sizesOf(fields),
      resolvers: [
        EventResolver,
        EventMutations,
        SessionResolver,
        EventRoleResolver,
        OutputResolver,
        OutputMutations,
        OutputUpdateResolver,
        TaskResolver,
        TaskMutations,
        ActionPlanResolver,
        ActionPlanMutations,
        ActionResolver,
        ProjectActivitiesResolver,
        PartnerActivitiesResolver,
        GoodPracticeActivitiesResolver,
        TransferActivitiesResolver,
        ...activitiesTranslations,
      ],
      references: {
        Event: (key, { loaders }) => byReference(key, { id: loaders.eventById, slug: loaders.eventBySlug }),
        Session: (key, { loaders }) => byReference(key, { id: loaders.sessionById }),
        EventRole: (key, { loaders }) => byReference(key, { id: loaders.roleById }),
        Output: (key, { loaders }) => byReference(key, { id: loaders.outputById, slug: loaders.outputBySlug }),
        OutputUpdate: (key, { loaders }) => byReference(key, { id: loaders.updateById }),
        Task: (key, { loaders }) => byReference(key, { id: loaders.taskById, slug: loaders.taskBySlug }),
        ActionPlan: (key, { loaders }) =>
          byReference(key, { id: loaders.actionPlanById, slug: loaders.actionPlanBySlug }),
        Action: (key, { loaders }) => byReference(key, { id: loaders.actionById }),
      },
    }),
  context: activitiesContext,
  fields,
  entities: [Event, Session, EventRole, Output, OutputUpdate, Task, ActionPlan, Action],
  seeds: activitiesSeeds,
};
