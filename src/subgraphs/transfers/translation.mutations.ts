import { translationsOf } from '../translation.mutations.js';
import { Transfer } from './transfer.entity.js';
import { transferFields } from './transfer.fields.js';
import { transferTexts } from './transfer.resolver.js';
import { TransferType } from './transfer.type.js';
import { PolicyInstrument } from './policy-instrument.entity.js';
import { policyInstrumentFields } from './policy-instrument.fields.js';
import { policyInstrumentTexts } from './policy-instrument.resolver.js';
import { PolicyInstrumentType } from './policy-instrument.type.js';

/** How texts of this subgraph's records come into further languages. */
export const transfersTranslations = [
  translationsOf<Transfer>({
    noun: 'transfer',
    fields: transferFields,
    entity: Transfer,
    type: () => TransferType,
    loader: 'transferById',
    texts: transferTexts,
  }),
  translationsOf<PolicyInstrument>({
    noun: 'policy instrument',
    fields: policyInstrumentFields,
    entity: PolicyInstrument,
    type: () => PolicyInstrumentType,
    loader: 'policyInstrumentById',
    texts: policyInstrumentTexts,
  }),
];
