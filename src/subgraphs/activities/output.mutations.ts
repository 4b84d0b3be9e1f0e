import { mutationsOf, type StepInput } from '../mutations.js';
import { publicationSteps } from '../publication.service.js';
import { Output } from './output.entity.js';
import { outputFields } from './output.fields.js';
import { outputEntered, outputUpdate } from './output.inputs.js';
import { outputColumns, saveOutputs } from './output.service.js';
import { OutputType } from './output.type.js';
import { reportOutput } from './output-update.service.js';

/** How outputs are written: by the organisation that sees to them. */
export const OutputMutations = mutationsOf<Output>({
  noun: 'output',
  fields: outputFields,
  entity: Output,
  type: () => OutputType,
  loader: 'outputById',
  entry: outputEntered,
  columns: outputColumns,
  owner: 'responsible',
  namedBy: 'title',
  initial: { publicationStatus: 'DRAFT' },
  save: saveOutputs,
  steps: {
    Report: {
      description: 'Tells how far an output has come on a day; it never goes back, and what was told stays.',
      input: outputUpdate,
      take: (em, output, said: StepInput<typeof outputUpdate>) => reportOutput(em, output, said),
    },
    ...publicationSteps('output'),
  },
});
