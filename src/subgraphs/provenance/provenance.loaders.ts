import { connectionsOf } from '../../graph/connection.js';
import type { Read } from '../../graph/context.js';
import { rowBy, rowsBy, rowsThrough } from '../../graph/fields.js';
import { recordSources } from '../record.fields.js';
import { pathsOf } from '../path.loaders.js';
import { claimFields, type ClaimRow } from './claim.fields.js';
import { feedLoaders } from './feed.loaders.js';
import { revisionFields, type RevisionRow } from './revision.fields.js';
import { sourceFields, type SourceRow } from './source.fields.js';

/** One set per request: what it loads is cached for that request alone. Records of all types share each loader. */
export function provenanceLoaders(read: Read) {
  const pathOf = pathsOf(read);
  return {
    ...feedLoaders(read),
    sourceById: rowBy<SourceRow>(read, sourceFields),
    sourceBySlug: rowBy<SourceRow>(read, sourceFields, 'slug'),
    sources: connectionsOf<SourceRow>(read, sourceFields, null, pathOf),
    sourcesByRecord: rowsThrough<SourceRow>(read, sourceFields, recordSources),
    claimById: rowBy<ClaimRow>(read, claimFields),
    claimsByRecord: rowsBy<ClaimRow>(read, claimFields, 'recordId', 't.field, t.position'),
    revisionsByRecord: connectionsOf<RevisionRow>(read, revisionFields, 'record', pathOf),
  };
}
