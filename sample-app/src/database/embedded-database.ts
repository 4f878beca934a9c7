// oxlint-disable-next-line typescript/triple-slash-reference -- for programs that compile this file and not the whole folder: the tests.
/// <reference path="./dynalite.d.ts" />
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** DynamoDB inside this process, its tables in memory. */
export interface EmbeddedDatabase {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Starts one on a free port of the loopback interface. */
export async function startEmbeddedDatabase(): Promise<EmbeddedDatabase> {
  // Only a developer's machine has it, so nothing else may load it.
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
