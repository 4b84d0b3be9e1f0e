/** Prints a command's result: JSON for programs, a sentence for people. */
export function report(json: boolean | undefined, result: object, text: string): void {
  process.stdout.write(`${json ? JSON.stringify(result) : text}\n`);
}
