import { getLogger } from 'lambent';

/** A promise that keeps nothing open: Node does not know that anybody waits. */
export const never = (): Promise<never> => new Promise(() => undefined);

/** As {@link never}, with a line when the signal fires. */
export function hang(signal: AbortSignal): Promise<never> {
  signal.addEventListener('abort', () => getLogger().info('signal'));
  return never();
}
