const number = (value: number) => Math.round(value).toLocaleString('en');

/** Tells once a second how far an import is, and when it will be done, by the bytes that are read. */
export class Progress {
  private readonly started = performance.now();
  private bytes = 0;
  private rows = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly size: number,
    log: (message: string) => void,
  ) {
    this.timer = setInterval(() => log(progressLine(this.rows, this.bytes, this.size, this.elapsed())), 1_000);
  }

  onBytes(read: number): void {
    this.bytes = read;
  }

  onRows(rows: number): void {
    this.rows = rows;
  }

  end(): void {
    clearInterval(this.timer);
  }

  private elapsed(): number {
    return (performance.now() - this.started) / 1_000;
  }

  seconds(): number {
    return Math.round(this.elapsed() * 10) / 10;
  }
}

/** What the work so far says of the rest. */
export function progressLine(rows: number, bytes: number, size: number, seconds: number): string {
  const done = `${number(rows)} rows, ${number((bytes / size) * 100)} % of the file, ${number(seconds)} s`;
  if (rows === 0) return `${done}, the time left is not known yet`;
  return bytes >= size ? `${done}, all read` : `${done}, about ${number((seconds / bytes) * (size - bytes))} s left`;
}
