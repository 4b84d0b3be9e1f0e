import type { Reporter, SerializedError, TestModule, TestRunEndReason } from 'vitest/node';

/**
 * Ends the output with `N passed, N failed`, and `, N skipped` where there are any, so that a person or a script reads
 * the outcome off the last line. An error outside of a test (an import, a hook, an unhandled rejection) counts as a
 * failure, and so does a run that did not come to any test, so that `0 failed` always means success; a test that was never
 * reached counts as skipped.
 */
export class ClosingLineReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      for (const suite of [module, ...module.children.allSuites()]) count.failed += suite.errors().length;
    }
    if (reason !== 'passed' && count.failed === 0) count.failed = 1;
    const skipped = count.skipped + count.pending;
    const line = `${count.passed} passed, ${count.failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
    // Global teardown and other reporters still write after this call.
    process.once('exit', () => console.log(line));
  }
}
