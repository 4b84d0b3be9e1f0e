import type { EntityManager } from '@mikro-orm/postgresql';
import { mutationsOf, type Step, type StepInput } from '../mutations.js';
import { resolve } from '../reference.service.js';
import { GoodPractice } from './good-practice.entity.js';
import { goodPracticeFields } from './good-practice.fields.js';
import { goodPracticeEntered, validationInput } from './good-practice.inputs.js';
import { goodPracticeColumns, saveGoodPractices, validationColumns } from './good-practice.service.js';
import { GoodPracticeType } from './good-practice.type.js';
import type { WorkflowStatus } from './good-practice-workflow.fields.js';
import { advanceGoodPractice, publishGoodPractice } from './good-practice-workflow.service.js';

/** A step that says no more than why. */
const to = (status: WorkflowStatus, description: string): Step<GoodPractice> => ({
  description,
  take: (em, practice, said: StepInput) => advanceGoodPractice(em, practice, status, said),
});

type Validation = StepInput<typeof validationInput.shape>;

/** Writes what somebody found who looked at it, and says that it is validated. */
async function validate(em: EntityManager, practice: GoodPractice, input: Validation) {
  const { errors, idOf } = await resolve(em, [input], { by: 'Partner' });
  if (errors.length > 0) return errors;
  em.assign(practice, validationColumns.to({ ...input, by: idOf('Partner', input.by) }));
  return advanceGoodPractice(em, practice, 'VALIDATED', input);
}

/** How good practices are written: entered by their owners, judged by reviewers. */
export const GoodPracticeMutations = mutationsOf<GoodPractice>({
  noun: 'good practice',
  fields: goodPracticeFields,
  entity: GoodPractice,
  type: () => GoodPracticeType,
  loader: 'goodPracticeById',
  entry: goodPracticeEntered,
  columns: goodPracticeColumns,
  owner: 'owner',
  namedBy: 'title',
  initial: { workflow: [] },
  save: saveGoodPractices,
  steps: {
    Submit: to('SUBMITTED', 'Asks for a good practice to be published. It must say enough for that: see `missing`.'),
    RequestChanges: to('CHANGES_REQUESTED', 'Asks the owner to change a good practice; the note says what.'),
    Decline: to('DECLINED', 'Does not take a good practice; the note says why, and its owner may begin anew.'),
    Reopen: to('DRAFT', 'Begins anew with a good practice that was declined.'),
    Accept: to('ACCEPTED_BY_PROJECT', 'Accepts a good practice: it is open to everyone from now on.'),
    Validate: {
      description: 'Tells that an expert or a jury found a good practice good.',
      input: validationInput.shape,
      take: validate,
    },
    Archive: to('ARCHIVED', 'Takes a good practice out for good, as out of date; the note says why.'),
    Withdraw: {
      description: 'Takes a good practice back from everyone for a while; the note says why.',
      take: (em, practice, said: StepInput) => publishGoodPractice(em, practice, 'WITHDRAWN', said),
    },
    Publish: {
      description: 'Opens a good practice again that was withdrawn.',
      take: (em, practice, said: StepInput) => publishGoodPractice(em, practice, 'PUBLISHED', said),
    },
  },
});
