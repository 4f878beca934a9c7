import { EventType } from 'aws-cdk-lib/aws-s3';
import { bucketEvents, eventPattern } from '../../src/deployment/source-settings.js';
import { bus, s3 } from './consumers.js';

describe('the pattern of a bus', () => {
  test('of one consumer has its values, with a prefix for a star', () => {
    expect(eventPattern([bus('shop.*', 'Paid')])).toEqual({ source: [{ prefix: 'shop.' }], 'detail-type': ['Paid'] });
    expect(eventPattern([bus(undefined, 'Order *')])).toEqual({ 'detail-type': [{ prefix: 'Order ' }] });
  });

  test('of several consumers is one, so that no event comes twice', () => {
    expect(eventPattern([bus('shop'), bus(undefined, 'Paid')])).toEqual({
      $or: [{ source: ['shop'] }, { 'detail-type': ['Paid'] }],
    });
  });

  test('matches everything where one consumer does', () => {
    expect(eventPattern([bus('shop'), bus()])).toEqual({ source: [{ prefix: '' }] });
    expect(eventPattern([bus()])).toEqual({ source: [{ prefix: '' }] });
  });
});

describe('the notifications of a bucket', () => {
  test.each([
    [
      ['ObjectCreated:*', 'ObjectCreated:Put', 'ObjectRemoved:Delete'],
      ['s3:ObjectCreated:*', 's3:ObjectRemoved:Delete'],
    ],
    [['ObjectCreated:Put', 'ObjectCreated:Put'], ['s3:ObjectCreated:Put']],
    [['ObjectCreated:P*'], ['s3:ObjectCreated:Put', 's3:ObjectCreated:Post']],
    [['ObjectCreated:P*', 'ObjectCreated:*'], ['s3:ObjectCreated:*']],
    [['ObjectAcl:*'], ['s3:ObjectAcl:Put']],
    [['LifecycleExpiration:Delete*'], ['s3:LifecycleExpiration:Delete', 's3:LifecycleExpiration:DeleteMarkerCreated']],
    [['ObjectR*'], ['s3:ObjectRemoved:*', 's3:ObjectRestore:*']],
    [['LifecycleTransition'], ['s3:LifecycleTransition']],
  ])('for %j are %j', (events, told) => {
    expect(bucketEvents(events.map((event) => s3(event)))).toEqual(told);
  });

  test.each(['ObjectCreated:p*', 'ObjectMade:*', 's3:ObjectCreated:*'])(
    'for %s, which fits none, are refused with a list of those that exist',
    (event) => {
      expect(() => bucketEvents([s3('ObjectCreated:*'), s3(event)])).toThrow(
        `Shop.take consumes the event "${event}" of the bucket "uploads", but S3 has no such event type. ` +
          'It has ObjectCreated:*, ObjectCreated:Put, ',
      );
    },
  );

  test('cover all that the CDK knows', () => {
    const groups = bucketEvents([s3()]);
    for (const kind of Object.values(EventType)) {
      expect(bucketEvents([s3(`${kind.slice('s3:'.length, -1)}*`)])).toContain(kind);
      expect(groups.some((group) => group === kind || kind.startsWith(group.replace('*', '')))).toBe(true);
    }
  });

  test('are of every kind where a consumer names none', () => {
    const all = bucketEvents([s3(), s3('ObjectCreated:Put')]);
    expect(all).toEqual(expect.arrayContaining(['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:LifecycleTransition']));
    expect(all).not.toContain('s3:ObjectCreated:Put');
  });
});
