import { mutationsOf, type Step, type StepInput } from '../mutations.js';
import { publicationSteps } from '../publication.service.js';
import { Task } from './task.entity.js';
import { taskFields, type TaskStatus } from './task.fields.js';
import { taskEntered } from './task.inputs.js';
import { advanceTask, saveTasks, taskColumns } from './task.service.js';
import { TaskType } from './task.type.js';

const to = (status: TaskStatus, description: string): Step<Task> => ({
  description,
  take: (em, task, said: StepInput) => advanceTask(em, task, status, said),
});

/** How tasks are written: by whoever has to do them, and by the lead partner of their project. */
export const TaskMutations = mutationsOf<Task>({
  noun: 'task',
  fields: taskFields,
  entity: Task,
  type: () => TaskType,
  loader: 'taskById',
  entry: taskEntered,
  columns: taskColumns,
  owner: 'assignee',
  ledBy: 'project',
  namedBy: 'title',
  initial: { publicationStatus: 'DRAFT', status: 'OPEN' },
  save: saveTasks,
  steps: {
    Start: to('IN_PROGRESS', 'Tells that somebody works on a task.'),
    Complete: to('DONE', 'Tells that a task is done.'),
    Cancel: to('CANCELLED', 'Tells that a task is not to be done any more; the note says why.'),
    Reopen: to('OPEN', 'Tells that a task is to be done after all; the note says why.'),
    ...publicationSteps('task'),
  },
});
