/** The records of a CSV file (RFC 4180), cell by cell. Throws where it is none. */
export function readCsv(text: string): string[][] {
  const records: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y;
  let record: string[] = [];
  while (cell.lastIndex < text.length) {
    const from = cell.lastIndex;
    const [, quoted, plain = '', end = ''] = cell.exec(text) ?? [];
    if (cell.lastIndex === 0 || (end === '' && cell.lastIndex < text.length))
      throw new Error(`No CSV: ${text.slice(from, from + 80)}`);
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}
