const notHere = (message: string) =>
  `HOST is no address of this machine: ${message}. Leave it out for 127.0.0.1, or use 0.0.0.0 for every address.`;

/** What keeps a server from listening, or a command from reading. The database's own faults come as a DatabaseFault. */
const listening: Record<string, (message: string) => string> = {
  EADDRINUSE: (message) =>
    `Another program listens there already: ${message}. Stop it, or choose another port: PORT=4001 npm start`,
  EACCES: (message) =>
    message.includes('listen')
      ? `This user may not listen there: ${message}. Choose a port above 1023.`
      : `This user may not open a file: ${message}. Give it permission to read.`,
  EADDRNOTAVAIL: notHere,
  EAI_AGAIN: notHere,
  ENOTFOUND: notHere,
};

/** Ends the process: known faults are told in a sentence; anything else is ours, and shown with its stack. */
export function fail(error: unknown): never {
  const advise = error instanceof Error && 'code' in error ? listening[String(error.code)] : undefined;
  const isKnown =
    error instanceof Error &&
    [
      'BenchError',
      'ConfigError',
      'DatabaseFault',
      'DocumentError',
      'EmbeddedError',
      'EngineFault',
      'ExportError',
      'GatewayFault',
      'ImportError',
      'SeedError',
      'TokenError',
    ].includes(error.constructor.name);
  if (isKnown) process.stderr.write(`${error.message}\n`);
  else if (advise) process.stderr.write(`${advise((error as Error).message)}\n`);
  else
    process.stderr.write(
      `GoodGraph failed, and should not have. Please report this:\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
  process.exit(1);
}
