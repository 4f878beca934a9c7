import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { customResource } from '../custom-resource/adapter.js';
import { directInvocation } from './adapter.js';
import { appSyncBatch, appSyncResolver } from './app-sync.js';
import { cognitoTrigger } from './cognito-trigger.js';
import { iotAuthorizer } from './iot-authorizer.js';
import { ses } from './ses.js';

/** Events for `@OnEvent` whose senders wait for an answer in a form of their own. */
const senders: readonly RecordAdapter[] = [cognitoTrigger, appSyncResolver, appSyncBatch, customResource, iotAuthorizer, ses];

/** Who is answered where `@OnEvent` takes an event: by its shape, whatever the method's predicate looks at. */
export function directAdapterOf(event: unknown): RecordAdapter {
  return senders.find((sender) => sender.detect(event)) ?? directInvocation;
}
