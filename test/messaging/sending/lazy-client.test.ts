import { LazyClient } from '../../../src/messaging/sending/lazy-client.js';

class Client {
  destroy(): void {}
}

test('a client that could not be opened is opened for the next message', async () => {
  const load = jest.fn(() => Promise.resolve({ Client }));
  load.mockRejectedValueOnce(new Error('not yet'));
  const client = new LazyClient({}, undefined, load, (sdk) => sdk.Client);
  await expect(client.open()).rejects.toThrow('not yet');
  const { client: opened } = await client.open();
  expect(opened).toBeInstanceOf(Client);
  expect(await client.open()).toMatchObject({ client: opened });
  expect(load).toHaveBeenCalledTimes(2);
});
