import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code } from '../../database/columns.js';
import { Partner } from '../directory/partner.entity.js';
import { Project } from '../directory/project.entity.js';
import { recordColumns } from '../record.entity.js';
import { Event } from './event.entity.js';
import { TaskKind, TaskStatus } from './task.fields.js';

const TaskSchema = defineEntity({
  name: 'Task',
  tableName: 'task',
  properties: {
    ...recordColumns,
    slug: code().unique(),
    title: p.text(),
    project: () => p.manyToOne(Project).ref().nullable(),
    assignee: () => p.manyToOne(Partner).ref().nullable(),
    assigneeText: p.text().nullable(),
    kind: choiceOf(TaskKind).nullable(),
    status: choiceOf(TaskStatus).nullable(),
    reviewedAt: () => p.manyToOne(Event).ref().nullable(),
  },
});
/** Work that somebody in a project has to do. */
export class Task extends TaskSchema.class {}
TaskSchema.setClass(Task);
