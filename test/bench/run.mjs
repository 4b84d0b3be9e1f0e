// npm run bench [-- <part> [<its arguments>]]: one of the measurements beside this file, the first where none is named.
const parts = {
  servers: 'four shapes, beside a hand-written server and PostGraphile; writes RESULTS.md',
  gateway: 'what federation costs: fused, hand-merged, through a gateway; writes GATEWAY.md',
  search: 'both search engines at two sizes; writes SEARCH.md',
  lists: 'every root list at two sizes; writes LISTS.md',
  exports: 'a list as a file: first byte, memory, rows a second; writes EXPORTS.md',
  hostile: 'honest clients among hostile ones, of a server that runs',
  'rolling-restart': 'what is lost when servers are replaced one by one',
  mutations: 'what a mutation costs beside the same statements by hand',
  profile: 'where the time of one shape goes',
};

const [part = 'servers'] = process.argv.splice(2, 1);
if (part in parts) await import(`./${part}.mjs`);
else {
  const known = Object.entries(parts).map(([name, what]) => `  ${name.padEnd(16)} ${what}`);
  console.error(`There is no part '${part}' of the bench:\n${known.join('\n')}`);
  process.exitCode = 1;
}
