/** The part of bench/results/latest.json that the landing page shows. */
export interface Results {
  readonly rows: readonly Row[];
}

interface Row {
  readonly suite: string;
  readonly case: string;
  readonly node: number;
  readonly participant: string;
  readonly value: number;
  readonly ratio: number;
}

/** How one way to write a function compares with a hand-written handler. */
export interface Figures {
  readonly node: number;
  readonly of: Readonly<Record<Participant, { readonly get: string; readonly start: string; readonly code: string }>>;
}

const PARTICIPANTS = ['hand-written', 'lambent', 'nestjs-fastify', 'powertools', 'hono'] as const;
type Participant = (typeof PARTICIPANTS)[number];

/** @throws Error if a figure was not measured. */
export function figuresOf({ rows }: Results): Figures {
  const node = Math.max(...rows.map((row) => row.node));
  const find = (participant: string, name: string): Row => {
    const row = rows.find((one) => one.node === node && one.participant === participant && one.case === name);
    if (!row) throw new Error(`bench/results/latest.json has no ${name} of ${participant} on Node ${node}.`);
    return row;
  };
  const of = PARTICIPANTS.map((participant) => {
    const [get, start, code] = ['get', 'first-answer', 'code'].map((name) => find(participant, name));
    return [
      participant,
      {
        get: `× ${get!.ratio.toPrecision(2)}`,
        start: `${Math.round(start!.value)} ms`,
        code: `${Math.round(code!.value)} kB`,
      },
    ];
  });
  return { node, of: Object.fromEntries(of) };
}
