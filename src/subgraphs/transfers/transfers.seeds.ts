import { seedFile } from '../manifest.js';
import { transferInput } from './transfer.inputs.js';
import { saveTransfers } from './transfer.service.js';

export const transfersSeeds = [seedFile({ file: 'transfers.yaml', entry: transferInput, save: saveTransfers })];
