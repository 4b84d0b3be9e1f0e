/** A question, and what it was answered from which data. */
export interface Question {
  name: string;
  query: string;
  answers: { kind: string; variables: string; answer: string; statements: number }[];
}

/** JSON in which what fits into a line stands in one. */
export const answerText = (value: unknown): string => `${written(value, '')}\n`;

function written(value: unknown, indent: string): string {
  const line = inLine(value);
  if (typeof value !== 'object' || value === null || indent.length + line.length <= 100) return line;
  const items = itemsOf(value, (each) => written(each, `${indent}  `)).map((each) => `${indent}  ${each}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${items.join(',\n')}\n${indent}${close}`;
}

function inLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const items = itemsOf(value, inLine).join(', ');
  return Array.isArray(value) ? `[${items}]` : `{ ${items} }`;
}

const itemsOf = (value: object, write: (each: unknown) => string): string[] =>
  Object.entries(value).map(([name, each]) => (Array.isArray(value) ? '' : `"${name}": `) + write(each));

const introduction = `# Questions that the graph answers

Each in one request, and in at most twelve SQL statements (a search asks for some more about words that it meets for the
first time). The queries are files of this folder, and tabs of the playground; the answers are those of the data that a fresh installation holds. What no source publishes is not there:
an empty answer is a true one. A test asks every question again and compares this page, which is written by

\`\`\`sh
npx vitest run --config test/vitest.config.ts test/examples -u
\`\`\`
`;

const heads: Record<string, string> = {
  real: 'Answer',
  demonstration: 'Answer of the demonstration, which is made up',
};

/** \`examples/questions/README.md\`. */
export function questionsPage(questions: readonly Question[]): string {
  return [introduction, ...questions.map(section)].join('\n');
}

function section({ name, query, answers }: Question): string {
  const [title = '', ...rest] = query.split('\n');
  const number = Number.parseInt(name, 10);
  const parts = [
    `## ${number}. ${title.replace('# ', '')}`,
    `[${name}.graphql](${name}.graphql)`,
    block('graphql', rest.join('\n')),
    ...answers.flatMap(({ kind, variables, answer, statements }) => [
      'With the variables',
      block('json', variables),
      folded(`${heads[kind]}, in ${statements} statements`, block('json', answer)),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

const block = (language: string, body: string) => `\`\`\`${language}\n${body.trim()}\n\`\`\``;

/** Long answers are opened by who wants them. */
const folded = (head: string, body: string) =>
  body.split('\n').length > 60 ? `<details><summary>${head}</summary>\n\n${body}\n\n</details>` : `${head}:\n\n${body}`;
