/** Something to close when Lambda ends the execution environment. */
export interface Closable {
  close(signal: string): Promise<void>;
}

const open = new Set<Closable>();

/**
 * Closes `app` on SIGTERM, which Lambda sends where an extension is registered, and then ends the process
 * as the signal would have. One listener serves every application of the process.
 */
export function closeOnTermination(app: Closable): void {
  if (open.size === 0) process.on('SIGTERM', terminate);
  open.add(app);
}

export function forgetTermination(app: Closable): void {
  if (open.delete(app) && open.size === 0) process.off('SIGTERM', terminate);
}

async function terminate(): Promise<void> {
  const closing = [...open].map((app) => app.close('SIGTERM'));
  const results = await Promise.allSettled(closing);
  for (const result of results) {
    if (result.status === 'rejected') console.error(result.reason);
  }
  process.off('SIGTERM', terminate);
  process.kill(process.pid, 'SIGTERM');
}
