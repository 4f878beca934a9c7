import { connect, createServer } from 'node:net';

/** What a database's pool leaves open between events: a connection, and a timer that looks after it. */
export async function openPool(): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const connection = connect(address.port, '127.0.0.1');
  await new Promise((resolve) => connection.once('connect', resolve));
  setInterval(() => undefined, 60_000);
}
