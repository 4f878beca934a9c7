import fc from 'fast-check';
import type { Message } from '../../../src/local/queues/message.js';
import { Queue } from '../../../src/local/queues/queue.js';
import type { SendParameters } from '../../../src/local/queues/send-parameters.js';

function message(body: string, group?: string): SendParameters {
  return {
    body,
    group,
    deduplicationId: group && body,
    attributes: [],
    systemAttributes: [],
    delay: 0,
    bytes: body.length,
  };
}

/**
 * Receives until nothing is left; each delivery of a message fails as often as it is told. Gives the bodies in the
 * order they were done.
 */
function drain(queue: Queue, batchSize: number, failures: Map<string, number>): string[] {
  const done: string[] = [];
  while (queue.length > 0) {
    const batch = queue.receive(batchSize);
    const stopped = new Set<string | undefined>();
    const succeeded = batch.filter((each) => {
      if (queue.fifo && stopped.has(each.group)) return false;
      if (!fails(each, failures)) return true;
      stopped.add(each.group);
      return false;
    });
    done.push(...succeeded.map(({ body }) => body));
    queue.delete(new Set(succeeded));
  }
  return done;
}

function fails({ body, receiveCount }: Message, failures: Map<string, number>): boolean {
  return receiveCount <= (failures.get(body) ?? 0);
}

const sent = fc.array(fc.record({ group: fc.constantFrom('a', 'b', 'c'), failures: fc.nat({ max: 2 }) }), {
  maxLength: 30,
});

test('whatever fails, every message is done once, and those of a FIFO group in their order', () => {
  fc.assert(
    fc.property(sent, fc.integer({ min: 1, max: 10 }), fc.constantFrom('q', 'q.fifo'), (messages, batchSize, name) => {
      const queue = new Queue(name, false);
      const bodies = messages.map(({ group }, index) => `${group}${index}`);
      messages.forEach(({ group }, index) => queue.send(message(bodies[index]!, queue.fifo ? group : undefined)));
      const done = drain(queue, batchSize, new Map(messages.map(({ failures }, index) => [bodies[index]!, failures])));
      expect(done.toSorted()).toEqual(bodies.toSorted());
      if (!queue.fifo) return;
      for (const group of ['a', 'b', 'c']) {
        expect(done.filter((body) => body.startsWith(group))).toEqual(bodies.filter((body) => body.startsWith(group)));
      }
    }),
  );
});

describe('time', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 0 }));
  afterEach(() => void jest.useRealTimers());

  test('lets a FIFO queue take the same message again after five minutes', () => {
    const queue = new Queue('q.fifo', false);
    const first = queue.send(message('a', 'g'));
    jest.setSystemTime(5 * 60 * 1000 - 1);
    expect(queue.send(message('a', 'g'))).toBe(first);
    jest.setSystemTime(5 * 60 * 1000);
    expect(queue.send(message('a', 'g'))).not.toBe(first);
    expect(queue.length).toBe(2);
  });

  test('is told for the message that others wait for', () => {
    const queue = new Queue('q.fifo', false);
    queue.send(message('a1', 'a'));
    queue.send(message('a2', 'a'));
    const [first] = queue.receive(1);
    first!.visibleAt = 1000;
    expect([queue.receive(10), queue.nextVisibleAt()]).toEqual([[], 1000]);
    jest.setSystemTime(1000);
    expect(queue.receive(10).map(({ body, receiveCount }) => [body, receiveCount])).toEqual([
      ['a1', 2],
      ['a2', 1],
    ]);
  });

  test('is not told for an empty queue', () => {
    expect(new Queue('q', false).nextVisibleAt()).toBeUndefined();
  });
});
