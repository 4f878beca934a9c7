import { eventOfEnvelope, isSnsEnvelope } from '../../src/events/carried/sns-envelope.js';
import { sns } from '../../src/events/sns.js';
import { events } from '../../src/testing/events.js';

describe('a notification that SNS put into a queue', () => {
  it('becomes the event that Lambda would have been given', () => {
    const envelope: unknown = JSON.parse(events.snsEnvelope('placed', { id: 1 }));
    if (!isSnsEnvelope(envelope)) throw new Error('It was not recognised');
    const event = eventOfEnvelope(envelope);
    const direct = events.sns('placed', [{ id: 1 }]).Records[0]!;
    expect(sns.detect(event)).toBe(true);
    expect(Object.keys(event.Records[0]!.Sns).toSorted()).toEqual(Object.keys(direct.Sns).toSorted());
    expect(sns.decode(event).map(({ id, attributes, content }) => [id, attributes, content()])).toEqual([
      [envelope.MessageId, { topic: 'placed' }, '{"id":1}'],
    ]);
  });

  it.each([
    null,
    'text',
    [],
    {},
    { Type: 'Notification' },
    { Type: 'SubscriptionConfirmation', TopicArn: 'arn:aws:sns:us-east-1:123456789012:placed', Message: 'x' },
    { Type: 'Notification', TopicArn: 'arn:aws:sns:us-east-1:123456789012:placed', Message: { id: 1 } },
  ])('is not %j', (value) => expect(isSnsEnvelope(value)).toBe(false));
});
