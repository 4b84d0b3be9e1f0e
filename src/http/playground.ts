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

const page = ruruHTML({
  staticPath,
  endpoint: '/graphql',
  htmlParts: {
    titleTag: '<title>GoodGraph playground</title>',
    metaTags:
      '<meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" /><link rel="icon" href="data:," />',
    headerScripts: (original) => storeTabs + original,
  },
});

export function playgroundPage(reply: FastifyReply): FastifyReply {
  return reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
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
