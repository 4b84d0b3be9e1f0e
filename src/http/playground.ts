import type { FastifyInstance, FastifyReply } from 'fastify';
import { ruruHTML } from 'ruru/server';
import { getStaticFile } from 'ruru/static';
import { examples } from './examples.js';

const staticPath = '/graphql/playground/';

/** GraphiQL keeps its tabs, and the query of the open one, in the browser's storage; a first visit gets ours. */
function firstTabs(): Record<string, string> {
  const empty = { hash: null, headers: null, operationName: null, response: null };
  const tabs = examples.map((example, index) => ({ id: `example-${index}`, ...example, ...empty }));
  return {
    'graphiql:tabState': JSON.stringify({ tabs, activeTabIndex: 0 }),
    'graphiql:query': examples[0]?.query ?? '',
  };
}

const storeTabs = `<script>
  try {
    if (!localStorage.getItem('graphiql:tabState')) Object.assign(localStorage, ${JSON.stringify(firstTabs()).replaceAll('<', '\\u003c')});
  } catch {
    // A browser that stores nothing shows an empty tab.
  }
</script>`;

/** Text as HTML, what stands between backticks as code. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
    .replaceAll(/`(\w+)`/g, '<code>$1</code>');

/** The playground is as high as the window, less what the notice takes. */
const noticeStyle = `<style>
  body { display: flex; flex-direction: column; height: 100vh; }
  #ruru-root { min-height: 0; }
  #notice {
    margin: 0; padding: 0.6rem 1rem; border-bottom: 3px solid #8a5a00;
    background: #ffc933; color: #1a1300; font: 600 1rem/1.4 system-ui, sans-serif; text-align: center;
  }
</style>`;

const pageWith = (notice: string | null): string =>
  ruruHTML({
    staticPath,
    endpoint: '/graphql',
    htmlParts: {
      styleTags: (original) => (notice === null ? original : original + noticeStyle),
      bodyContent: (original) =>
        notice === null ? original : `<p id="notice" role="note">${escaped(notice)}</p>${original}`,
      titleTag: '<title>GoodGraph playground</title>',
      metaTags:
        '<meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" /><link rel="icon" href="data:," />',
      headerScripts: (original) => storeTabs + original,
    },
  });

/** The page, below what `notice` says to everyone. */
export function playgroundPage(reply: FastifyReply, notice: string | null): FastifyReply {
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .send(pageWith(notice));
}

/** The playground's own files, from the package: no request leaves this server. */
export function playgroundRoutes(server: FastifyInstance): void {
  server.get(`${staticPath}*`, async (request, reply) => {
    const acceptEncoding = request.headers['accept-encoding'];
    const file = await getStaticFile({ staticPath, urlPath: request.url, acceptEncoding, disallowDevAssets: true });
    if (file === null) return reply.callNotFound();
    return reply.headers(file.headers).header('cache-control', 'public, max-age=86400').send(file.content);
  });
}
