/** A header line as it goes over the wire; a repeated header is repeated lines. */
export type HeaderLine = readonly [name: string, value: string];

/** What the client of a front door receives. */
export interface GatewayAnswer {
  status: number;
  headers: readonly HeaderLine[];
  body: Buffer;
  /** What is wrong with the function's answer, in words, for the console. */
  problem?: string;
}

/** An answer that the front door makes itself. */
export function ownAnswer(status: number, contentType: string, body: string): GatewayAnswer {
  return { status, headers: [['content-type', contentType]], body: Buffer.from(body) };
}
