import { isJsonObject } from '../../shared/json-values.js';

/** Whether an event has a member that an HTTP source is detected by; most other events end here. */
export function mayBeRequest(event: unknown): boolean {
  if (!isJsonObject(event)) return false;
  const { requestContext, httpMethod, raw_path } = event;
  return requestContext !== undefined || httpMethod !== undefined || raw_path !== undefined;
}
