// oxlint-disable-next-line typescript/triple-slash-reference -- the tests compile this file, not the whole folder.
/// <reference path="./dynalite.d.ts" />
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** DynamoDB inside this process, with its tables in memory. */
export interface EmbeddedDatabase {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Starts a database on a free port of the loopback interface. */
export async function startEmbeddedDatabase(): Promise<EmbeddedDatabase> {
  // A development dependency, which only this function may load.
  const { default: dynalite } = await import('dynalite');
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
