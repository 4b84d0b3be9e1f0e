/* Loaded before the program: kills it at its n-th call of the file system among those that write, before the call is made. */
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const at = Number(process.env.KILLED_AT);
let calls = 0;

const counted =
  (call) =>
  (...given) => {
    calls += 1;
    if (calls === at) process.kill(process.pid, 'SIGKILL');
    return call(...given);
  };

const { open } = files;
files.open = counted(async (...given) => {
  const handle = await open(...given);
  for (const name of ['write', 'writeFile', 'sync', 'close']) handle[name] = counted(handle[name].bind(handle));
  return handle;
});
for (const name of ['mkdir', 'rename', 'rm']) files[name] = counted(files[name]);
syncBuiltinESMExports();
process.on('exit', () => process.stderr.write(`${calls} calls\n`));
