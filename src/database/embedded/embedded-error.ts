export type EmbeddedErrorCode =
  | 'PLATFORM_UNSUPPORTED'
  | 'BINARIES_MISSING'
  | 'BINARIES_UNUSABLE'
  | 'ACCOUNT_UNUSABLE'
  | 'DATA_DIR_UNUSABLE'
  | 'DATA_DIR_FOREIGN'
  | 'DATA_DIR_DAMAGED'
  | 'DATA_DIR_VERSION'
  | 'DATA_DIR_OWNER'
  | 'DATA_DIR_SERVED'
  | 'DATA_DIR_BUSY'
  | 'INIT_FAILED'
  | 'START_FAILED'
  | 'STOP_FAILED';

/** Thrown for every failure an operator can mend: `message` says what was wrong and what to do. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
  readonly code: EmbeddedErrorCode;

  constructor(code: EmbeddedErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What an operator can do about a refusal of the file system, by its errno. */
const REMEDIES: Record<string, string> = {
  EACCES: 'this user has no permission. Give it read and write access, or set DATA_DIR to another directory.',
  EPERM: 'this user has no permission. Give it read and write access, or set DATA_DIR to another directory.',
  EROFS: 'the file system is read-only. Set DATA_DIR to a directory that can be written.',
  ENOSPC: 'the disk is full. Make room, or set DATA_DIR to a directory on another disk.',
  EDQUOT: 'the disk quota is used up. Make room, or set DATA_DIR to a directory on another disk.',
  ENOENT: 'nothing can be created there. Set DATA_DIR to a directory that can be written.',
  EEXIST: 'it is a file, or a link that leads nowhere. Set DATA_DIR to a directory.',
  ELOOP: 'it is a link that leads back to itself. Set DATA_DIR to a directory.',
  ENAMETOOLONG: 'its name is too long. Set DATA_DIR to a shorter path.',
  ERR_SQLITE_ERROR: 'its file system keeps no file locks. Set DATA_DIR to a directory on a local disk.',
};

/** Turns a refusal of the file system into an EmbeddedError; anything else, a fault of ours, is passed on. */
export function explained(error: unknown, dataDir: string): unknown {
  if (error instanceof EmbeddedError || !(error instanceof Error)) return error;
  const { code = '', path = dataDir } = error as NodeJS.ErrnoException;
  const remedy = REMEDIES[code];
  if (remedy === undefined) return error;
  const where = path === dataDir ? '' : ` (at ${path})`;
  return new EmbeddedError('DATA_DIR_UNUSABLE', `DATA_DIR ${dataDir} cannot be used${where}: ${remedy}`);
}

/** What a program of PostgreSQL's said before it failed, on one line and without times and ranks; may be empty. */
export function wordsIn(output: string): string {
  const lines = output.trim().split('\n');
  return lines.map((line) => line.replace(/^.*?(?:LOG|FATAL|PANIC|HINT|DETAIL): +/, '')).join('; ');
}
