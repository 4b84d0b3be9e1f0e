import { afterAll, onTestFinished } from 'vitest';

/** Does something at the end of the test that is running, and outside of one at the end of the file: a hook that is made in a test is never called. */
export function atEnd(work: () => Promise<unknown>): void {
  const end = async () => void (await work());
  try {
    onTestFinished(end);
  } catch {
    afterAll(end);
  }
}
