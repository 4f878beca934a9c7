/**
 * The last address of `x-forwarded-for`: load balancers append the one they were connected from, and all before it
 * is what the client claims.
 */
export function lastForwardedFor(header: string | undefined): string | undefined {
  const last = header?.split(',').at(-1)?.trim();
  return last ? withoutPort(last) : undefined;
}

// The attribute routing.http.xff_client_port.enabled of ALB adds the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
const WITH_PORT = /^(?:\[(.+)\]|([^:]+)):\d+$/;

function withoutPort(address: string): string {
  const match = WITH_PORT.exec(address);
  return match?.[1] ?? match?.[2] ?? address;
}
