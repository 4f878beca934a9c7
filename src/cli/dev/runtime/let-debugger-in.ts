/** Opens the port for a debugger, which Node tells on stderr; unless `NODE_OPTIONS` has opened one. */
export async function letDebuggerIn(port: number): Promise<void> {
  const { open, url } = await import('node:inspector');
  if (url() === undefined) open(port);
}
