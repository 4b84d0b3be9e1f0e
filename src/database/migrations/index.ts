import { Tables } from './0001-tables.js';
import { Changes } from './0002-changes.js';
import { Visibility } from './0003-visibility.js';
import { Activities } from './0004-activities.js';
import { Provenance } from './0005-provenance.js';
import { RegionLinks } from './0006-region-links.js';
import { TransfersWhole } from './0007-transfers-whole.js';
import { PracticesWhole } from './0008-practices-whole.js';
import { ListIndexes } from './0009-list-indexes.js';
import { TouchesAndOwnHistory } from './0010-touches-and-own-history.js';
import { SearchUpkeep } from './0014-search-upkeep.js';
import { Accounts } from './0015-accounts.js';
import { Writing } from './0016-writing.js';
import { SharedWriting } from './0019-shared-writing.js';
import { Histories } from './0020-histories.js';
import { ImportMatches } from './0021-import-matches.js';
import { PartnerNames } from './0022-partner-names.js';
import { VisibleRecords } from './0023-visible-records.js';
import { NaturalPersons } from './0025-natural-persons.js';
import { Feed } from './0026-feed.js';

/** Every migration in its order. A merged one is never edited: correct it by the next. */
export const migrations = [
  { name: '0001-tables', class: Tables },
  { name: '0002-changes', class: Changes },
  { name: '0003-visibility', class: Visibility },
  { name: '0004-activities', class: Activities },
  { name: '0005-provenance', class: Provenance },
  { name: '0006-region-links', class: RegionLinks },
  { name: '0007-transfers-whole', class: TransfersWhole },
  { name: '0008-practices-whole', class: PracticesWhole },
  { name: '0009-list-indexes', class: ListIndexes },
  { name: '0010-touches-and-own-history', class: TouchesAndOwnHistory },
  { name: '0014-search-upkeep', class: SearchUpkeep },
  { name: '0015-accounts', class: Accounts },
  { name: '0016-writing', class: Writing },
  { name: '0019-shared-writing', class: SharedWriting },
  { name: '0020-histories', class: Histories },
  { name: '0021-import-matches', class: ImportMatches },
  { name: '0022-partner-names', class: PartnerNames },
  { name: '0023-visible-records', class: VisibleRecords },
  { name: '0025-natural-persons', class: NaturalPersons },
  { name: '0026-feed', class: Feed },
];
