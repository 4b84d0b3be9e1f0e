import { seedFile } from '../manifest.js';
import { actionPlanInput } from './action-plan.inputs.js';
import { saveActionPlans } from './action-plan.service.js';
import { eventInput } from './event.inputs.js';
import { saveEvents } from './event.service.js';
import { outputInput } from './output.inputs.js';
import { saveOutputs } from './output.service.js';
import { taskInput } from './task.inputs.js';
import { saveTasks } from './task.service.js';

export const activitiesSeeds = [
  seedFile({ file: 'events.yaml', entry: eventInput, save: saveEvents }),
  seedFile({ file: 'outputs.yaml', entry: outputInput, save: saveOutputs }),
  seedFile({ file: 'tasks.yaml', entry: taskInput, save: saveTasks }),
  seedFile({ file: 'action-plans.yaml', entry: actionPlanInput, save: saveActionPlans }),
];
