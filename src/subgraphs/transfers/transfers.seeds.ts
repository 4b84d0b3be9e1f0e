import { seedFile } from '../manifest.js';
import { policyInstrumentInput } from './policy-instrument.inputs.js';
import { savePolicyInstruments } from './policy-instrument.service.js';
import { transferInput } from './transfer.inputs.js';
import { saveTransfers } from './transfer.service.js';

export const transfersSeeds = [
  seedFile({ file: 'policy-instruments.yaml', entry: policyInstrumentInput, save: savePolicyInstruments }),
  seedFile({ file: 'transfers.yaml', entry: transferInput, save: saveTransfers }),
];
