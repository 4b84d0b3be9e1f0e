/** A connection of `pg`, as far as we know it. */
export interface Client {
  query(text: string | object, values?: unknown[]): Promise<unknown>;
  /** The texts of what it has prepared, by their names. */
  connection?: { parsedStatements?: Record<string, string> };
}

/**
 * So many statements a connection keeps. The plan of a large one takes 300 kB of PostgreSQL's memory, and clients' queries
 * make statements too.
 */
export const keptStatements = 100;

/**
 * Has a connection prepare the statements that begin with this comment: it parses and plans each of them once, which is
 * most of what a lookup by keys costs. Those that were used last are kept.
 */
export function prepareKeyed(client: Client): void {
  const query = client.query.bind(client);
  const names = new Map<string, string>();
  let made = 0;

  function nameOf(text: string): string {
    const name = names.get(text) ?? `keyed${(made += 1)}`;
    names.delete(text);
    names.set(text, name);
    return name;
  }

  /** Where the connection refuses, its transaction has failed: the name is not used again. */
  async function forgetOldest(): Promise<void> {
    const [[oldest = '', name = ''] = []] = names;
    names.delete(oldest);
    delete client.connection?.parsedStatements?.[name];
    await query(`deallocate ${name}`).catch(() => undefined);
  }

  client.query = (text, values) => {
    if (typeof text !== 'string' || !text.startsWith('/* keyed */')) return query(text, values);
    const statement = { name: nameOf(text), text, values };
    return names.size > keptStatements ? forgetOldest().then(() => query(statement)) : query(statement);
  };
}

/** Tells every statement that a connection sends from now on. */
export function tellQueries(client: Client, tell: (text: string) => void): void {
  const query = client.query.bind(client);
  client.query = (text, values) => {
    tell(typeof text === 'string' ? text : String((text as { text?: unknown }).text ?? ''));
    return query(text, values);
  };
}
