import { quarantine, quarantinedOf } from './quarantine.js';
import { onDuty } from './target.js';
import { writeRecords, type Writing, type Written } from './write.js';

/** Tries the records in quarantine once more, as they are now. Waits for the relay, and it for this. */
export async function redrive(writing: Writing): Promise<Written> {
  const { em, engine } = writing;
  const outcome = await onDuty(em, 'relay', engine.name, async (db) => {
    const held = await quarantinedOf(db, engine.name);
    const ids = held.map(({ recordId }) => recordId);
    const written = await writeRecords(writing, ids);
    await quarantine(db, engine.name, written);
    return written;
  });
  return outcome ?? { written: [], refused: [] };
}
