declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** Milliseconds for which a table stays in a state before it is `ACTIVE` or gone. */
  interface DynaliteOptions {
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }

  export default function dynalite(options?: DynaliteOptions): Server;
}
