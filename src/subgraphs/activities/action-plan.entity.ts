import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code } from '../../database/columns.js';
import { Partner } from '../directory/partner.entity.js';
import { Project } from '../directory/project.entity.js';
import { recordColumns } from '../record.entity.js';
import { ActionPlanStatus } from './action-plan.fields.js';

const ActionPlanSchema = defineEntity({
  name: 'ActionPlan',
  tableName: 'action_plan',
  properties: {
    ...recordColumns,
    slug: code().unique(),
    title: p.text(),
    versionLabel: p.text().nullable(),
    project: () => p.manyToOne(Project).ref().nullable(),
    proposedBy: () => p.manyToOne(Partner).ref().nullable(),
    status: choiceOf(ActionPlanStatus).nullable(),
    statusOn: p.date().nullable(),
    endorsedByText: p.text().nullable(),
    note: p.text().nullable(),
  },
});
/** What an organisation, or a project, sets out to do. */
export class ActionPlan extends ActionPlanSchema.class {}
ActionPlanSchema.setClass(ActionPlan);
