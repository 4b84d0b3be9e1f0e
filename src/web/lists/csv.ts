/** What spreadsheets take for a formula when a cell begins with it, in full width as well. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/** Of these a spreadsheet makes the number that they are. */
const number = /^-?\d+(\.\d+)?$/;

/** A text that a spreadsheet shows as it stands. */
function plain(value: unknown): string {
  if (value == null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
  const whole = text.replaceAll('\0', '');
  return formula.test(whole) && !number.test(whole) ? `'${whole}` : whole;
}

/** Lists are told with `; ` between, and lists in them with ` | `, so that lists side by side stay in step. */
function cell(value: unknown): string {
  if (!Array.isArray(value)) return plain(value);
  return value.map((each) => (Array.isArray(each) ? each.map(plain).join(' | ') : plain(each))).join('; ');
}

/** Some programs take a `;` for the end of a cell, and `#` for the begin of a comment. */
const needsQuotes = /[",;#\r\n]|^\s|\s$/;

const quoted = (text: string) => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One record of a CSV file (RFC 4180). */
export const record = (values: readonly unknown[]): string =>
  `${values.map((value) => quoted(cell(value))).join(',')}\r\n`;
