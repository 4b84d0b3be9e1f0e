import { publicationSteps } from '../publication.service.js';
import { mutationsOf, type Step, type StepInput } from '../mutations.js';
import { statusChange } from './status-change.inputs.js';
import { changeTransferStatus, type NextStatus } from './status-change.service.js';
import { Transfer } from './transfer.entity.js';
import { transferFields } from './transfer.fields.js';
import { transferEntered } from './transfer.inputs.js';
import { saveTransfers, transferColumns } from './transfer.service.js';
import { TransferType } from './transfer.type.js';

const to = (status: NextStatus, description: string): Step<Transfer> => ({
  description,
  input: statusChange,
  take: (em, transfer, said: StepInput<typeof statusChange>) => changeTransferStatus(em, transfer, status, said),
});

/** How transfers are written: entered and moved on by the organisation that keeps them. */
export const TransferMutations = mutationsOf<Transfer>({
  noun: 'transfer',
  fields: transferFields,
  entity: Transfer,
  type: () => TransferType,
  loader: 'transferById',
  entry: transferEntered,
  columns: transferColumns,
  owner: 'owner',
  namedBy: 'title',
  // It begins with an interest; what follows is told step by step.
  initial: { status: 'INTEREST', publicationStatus: 'DRAFT' },
  together: [
    ['origins', 'originPlaces'],
    ['destination', 'destinationPlace'],
  ],
  save: saveTransfers,
  steps: {
    Assess: to('ASSESSED', 'Tells that somebody looked at whether a transfer can work.'),
    Plan: to('PLANNED', 'Tells that a transfer is planned.'),
    Start: to('IN_PROGRESS', 'Tells that a transfer has begun.'),
    Implement: to(
      'IMPLEMENTED',
      'Tells that the practices are at work at the destination: since when, and which page shows it.',
    ),
    Mainstream: to('MAINSTREAMED', 'Tells that a policy instrument or lasting funding carries a transfer from now on.'),
    Hold: to('ON_HOLD', 'Tells that a transfer rests.'),
    Resume: to('THE_ONE_BEFORE', 'Tells that a transfer goes on that rested: it is where it was before.'),
    Abandon: to('ABANDONED', 'Tells that a transfer is given up.'),
    RuleOut: to('NOT_FEASIBLE', 'Tells that a transfer was found not to work at the destination.'),
    ...publicationSteps<Transfer>('transfer'),
  },
});
