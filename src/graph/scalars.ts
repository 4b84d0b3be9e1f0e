import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

const dateShape = /^\d{4}-\d{2}-\d{2}$/;
const tagShape = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

function refuse(scalar: string, value: unknown, how: string): never {
  throw new GraphQLError(`${scalar} cannot be ${JSON.stringify(value)}. ${how}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** A scalar that travels as a JSON string; `parse` checks the client's text. */
function textScalar(
  name: string,
  description: string,
  specifiedByURL: string | undefined,
  parse: (text: unknown) => string,
  serialize: (value: unknown) => string,
): GraphQLScalarType<string, string> {
  return new GraphQLScalarType({
    name,
    description,
    specifiedByURL,
    serialize,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : null),
  });
}

function parseDate(text: unknown): string {
  const how = 'Write it as YYYY-MM-DD.';
  if (typeof text !== 'string' || !dateShape.test(text)) return refuse('Date', text, how);
  const day = new Date(`${text}T00:00:00Z`);
  // There is no year 0 in PostgreSQL's calendar.
  if (text < '0001' || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text)
    return refuse('Date', text, how);
  return text;
}

function parseDateTime(text: unknown): string {
  const time = typeof text === 'string' ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) return refuse('DateTime', text, 'Write it as 2014-07-24T09:30:00Z.');
  return time.toISOString();
}

function parseLanguageTag(text: unknown): string {
  const how = "Write a BCP 47 language tag such as 'it' or 'pt-BR'.";
  if (typeof text !== 'string' || !tagShape.test(text)) return refuse('LanguageTag', text, how);
  try {
    return Intl.getCanonicalLocales(text)[0] ?? text;
  } catch {
    return refuse('LanguageTag', text, how);
  }
}

export const DateScalar = textScalar(
  'Date',
  'A day of the Gregorian calendar without a time zone, as YYYY-MM-DD (RFC 3339 full-date).',
  'https://scalars.graphql.org/andimarek/local-date',
  parseDate,
  (value) => String(value).slice(0, 10),
);

export const DateTimeScalar = textScalar(
  'DateTime',
  'An instant in UTC, to the millisecond, as 2014-07-24T09:30:00.000Z (RFC 3339).',
  'https://scalars.graphql.org/andimarek/date-time',
  parseDateTime,
  // PostgreSQL hands timestamptz over as text, such as `2010-01-01 02:00:00+00`.
  (value) => new Date(String(value)).toISOString(),
);

export const LanguageTagScalar = textScalar(
  'LanguageTag',
  'A language as a BCP 47 tag, such as `it` or `pt-BR`.',
  'https://www.rfc-editor.org/rfc/rfc5646',
  parseLanguageTag,
  String,
);

export const DecimalScalar = textScalar(
  'Decimal',
  'An exact decimal number as a string, such as "2230494.00": JSON numbers would lose digits.',
  undefined,
  (text) =>
    typeof text === 'string' && /^-?\d{1,18}(\.\d{1,6})?$/.test(text)
      ? text
      : refuse('Decimal', text, 'Write it as "1234.50".'),
  String,
);
