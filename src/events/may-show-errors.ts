/**
 * Whether strangers may be shown what an error says: those who sign in through Cognito, or ask AppSync. A look at every
 * event, so that it is a quick one, which may say yes too often.
 */
export function mayShowErrors(event: unknown): boolean {
  if (typeof event !== 'object' || event === null) return false;
  const { triggerSource, info } = event as { triggerSource?: unknown; info?: unknown };
  return triggerSource !== undefined || info !== undefined || Array.isArray(event);
}
