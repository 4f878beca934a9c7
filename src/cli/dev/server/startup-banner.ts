import { banner } from '../../../local/banner.js';
import type { Source } from '../../../local/doors/sources.js';
import { table } from '../../../local/terminal.js';
import type { FunctionPool } from '../functions/function-pool.js';
import type { LiveFunction } from '../functions/live-function.js';

/** Prints the address, the routes and the functions. */
export class StartupBanner {
  /** The address of the server. */
  url = '';
  #shown = '';

  constructor(
    private readonly pool: FunctionPool,
    private readonly source: Source,
    private readonly print: (text: string) => void,
  ) {}

  /** Prints the banner once all functions have started or failed, unless it is the same as the last one. */
  async show(): Promise<void> {
    await Promise.allSettled(this.pool.all.map((fn) => fn.startEnded()));
    const front = await this.pool.front();
    const { url, source } = this;
    const text = banner({ url, source, routes: front.description?.routes ?? [] }) + this.#functions(front);
    if (text === this.#shown) return;
    this.#shown = text;
    this.print(text);
  }

  #functions(front: LiveFunction): string {
    if (this.pool.all.length === 1) return '';
    const rows = this.pool.all.map((fn) => [
      fn.name,
      fn.source,
      fn === front ? this.url : `lambent invoke --function ${fn.name} …`,
    ]);
    return `\n${table(rows, '  ')}\n`;
  }
}
