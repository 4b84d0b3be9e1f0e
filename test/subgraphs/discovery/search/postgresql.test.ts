import { postgresqlEngine } from '../../../../src/subgraphs/discovery/search/postgresql/engine.js';
import { aDatabase } from '../../../support/database.js';
import { itIsASearchEngine } from './contract.js';

itIsASearchEngine(async () => postgresqlEngine(await aDatabase()));
