import { bulkhead } from 'cockatiel';

export interface OpeningsOptions {
  /** Files under way at once: of all clients, and of one. */
  open: number;
  each: number;
  /** Of how many a page is read at the same time. */
  reading: number;
}

/** Which files are under way, and whose. */
export interface Openings {
  /** Begins one, which ends by the function that it gets; or says who has too many of them. */
  open(client: string): (() => void) | 'client' | 'all';
  /** Reads a page when there is a place for it. */
  inTurn<Result>(read: () => Promise<Result>): Promise<Result>;
}

export function createOpenings({ open: most, each, reading }: OpeningsOptions): Openings {
  const clients = new Map<string, number>();
  const places = bulkhead(reading, most);
  let underWay = 0;
  return {
    open: (client) => {
      const own = clients.get(client) ?? 0;
      if (own >= each) return 'client';
      if (underWay >= most) return 'all';
      underWay += 1;
      clients.set(client, own + 1);
      return () => {
        underWay -= 1;
        const left = (clients.get(client) ?? 1) - 1;
        if (left > 0) clients.set(client, left);
        else clients.delete(client);
      };
    },
    inTurn: (read) => places.execute(read),
  };
}
