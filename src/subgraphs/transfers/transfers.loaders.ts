import { connectionsOf } from '../../graph/connection.js';
import type { Read } from '../../graph/context.js';
import { idsBy, rowBy, rowsBy } from '../../graph/fields.js';
import { translationLoader } from '../../graph/translation.js';
import { pathsOf } from '../path.loaders.js';
import { outcomeFields, type OutcomeRow } from './outcome.fields.js';
import { policyInstrumentFields, type PolicyInstrumentRow } from './policy-instrument.fields.js';
import { statusHistoryLoader } from './status-change.loaders.js';
import { transferFields, type TransferRow } from './transfer.fields.js';

/** One set per request: what it loads is cached for that request alone. */
export function transfersLoaders(read: Read) {
  const pathOf = pathsOf(read);
  const transfers = (parent: string | null) => connectionsOf<TransferRow>(read, transferFields, parent, pathOf);
  return {
    transferById: rowBy<TransferRow>(read, transferFields),
    transferBySlug: rowBy<TransferRow>(read, transferFields, 'slug'),
    transfers: transfers(null),
    transfersByPractice: transfers('practice'),
    transfersByReceiver: transfers('receiver'),
    transfersByDestination: transfers('destination'),
    transfersByOrigin: transfers('origin'),
    transfersByPolicyInstrument: transfers('policyInstrument'),
    practicesByTransfer: idsBy(read, transferFields.edges.practices),
    originsByTransfer: idsBy(read, transferFields.edges.origins),
    originPlacesByTransfer: idsBy(read, transferFields.edges.originPlaces),
    statusHistoryByTransfer: statusHistoryLoader(read),
    outcomeById: rowBy<OutcomeRow>(read, outcomeFields),
    outcomesByTransfer: rowsBy<OutcomeRow>(read, outcomeFields, 'transferId', 't.position'),
    policyInstrumentById: rowBy<PolicyInstrumentRow>(read, policyInstrumentFields),
    policyInstrumentBySlug: rowBy<PolicyInstrumentRow>(read, policyInstrumentFields, 'slug'),
    policyInstruments: connectionsOf<PolicyInstrumentRow>(read, policyInstrumentFields, null, pathOf),
    translations: translationLoader(read),
  };
}
