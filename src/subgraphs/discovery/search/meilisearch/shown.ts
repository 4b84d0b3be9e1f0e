import type { SearchDocument, SearchText } from '../document.js';
import type { Shown } from '../analysis/highlight.js';

/** Without the names of what it holds, which would be half of it: the server reads and writes all of it for each hit. */
type Packed = [
  id: Shown['id'],
  type: Shown['type'],
  url: Shown['url'],
  title: Shown['title'],
  language: Shown['language'],
  texts: [field: SearchText['field'], language: SearchText['language'], text: string][],
];

/** What hits are made from, as JSON. Halves of characters are in no index, and in no JSON. */
export function shownOf({ id, type, url, title, language, texts }: SearchDocument): string {
  const packed: Packed = [
    id,
    type,
    url,
    title.toWellFormed(),
    language,
    texts.map((each) => [each.field, each.language, each.text.toWellFormed()]),
  ];
  return JSON.stringify(packed);
}

export function shownIn(shown: string): Shown {
  const [id, type, url, title, language, texts] = JSON.parse(shown) as Packed;
  const textOf = ([field, tag, text]: Packed[5][number]): SearchText => ({ field, language: tag, text });
  return { id, type, url, title, language, texts: texts.map(textOf) };
}
