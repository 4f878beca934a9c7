declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** Milliseconds until a created table is `ACTIVE` and a deleted one is gone. */
  interface DynaliteOptions {
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }

  export default function dynalite(options?: DynaliteOptions): Server;
}
