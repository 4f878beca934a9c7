/**
 * Whether an event's errors may be shown to strangers: users who sign in through Cognito, or callers of AppSync. It
 * runs for every event, so it is quick and may return `true` too often. Update it when a source gets `showsErrors`.
 */
export function mayShowErrors(event: unknown): boolean {
  if (typeof event !== 'object' || event === null) return false;
  const { triggerSource, info } = event as { triggerSource?: unknown; info?: unknown };
  return triggerSource !== undefined || info !== undefined || Array.isArray(event);
}
