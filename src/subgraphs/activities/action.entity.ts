import { defineEntity, p } from '@mikro-orm/core';
import { recordColumns } from '../record.entity.js';
import { Transfer } from '../transfers/transfer.entity.js';
import { ActionPlan } from './action-plan.entity.js';

const ActionSchema = defineEntity({
  name: 'Action',
  tableName: 'action',
  properties: {
    ...recordColumns,
    actionPlan: () => p.manyToOne(ActionPlan).ref(),
    title: p.text(),
    position: p.smallint().default(0),
    transfer: () => p.manyToOne(Transfer).ref().nullable(),
  },
});
/** One thing that an action plan sets out to do. */
export class Action extends ActionSchema.class {}
ActionSchema.setClass(Action);
