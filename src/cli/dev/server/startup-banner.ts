import { banner } from '../../../local/banner.js';
import type { Source } from '../../../local/doors/sources.js';
import { table } from '../../../local/terminal.js';
import type { FunctionPool } from '../functions/function-pool.js';
import type { LiveFunction } from '../functions/live-function.js';

/** Says what is served: address, routes and functions. */
export class StartupBanner {
  /** Of the server. */
  url = '';
  #shown = '';

  constructor(
    private readonly pool: FunctionPool,
    private readonly source: Source,
    private readonly say: (text: string) => void,
  ) {}

  /** Says it when all functions have started or failed, unless it is what was said last. */
  async show(): Promise<void> {
    await Promise.allSettled(this.pool.all.map((fn) => fn.settled()));
    const front = await this.pool.front();
    const { url, source } = this;
    const text = banner({ url, source, routes: front.description?.routes ?? [] }) + this.#functions(front);
    if (text === this.#shown) return;
    this.#shown = text;
    this.say(text);
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
