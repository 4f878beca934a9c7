import { curl, listening } from '../../../local/banner.js';
import type { Source } from '../../../local/doors/sources.js';
import { table } from '../../../local/table.js';
import { type Paint } from '../../framework/colors.js';
import { printable } from '../../framework/printable.js';
import type { FunctionPool } from '../functions/function-pool.js';
import type { LiveFunction } from '../functions/live-function.js';
import { type BannerSection, bannerSections, routesToTry, scheduleCommand, urlFlag } from './banner-sections.js';
import type { EmulatedMessaging } from './emulated-messaging.js';

interface StartupBannerOptions {
  readonly pool: FunctionPool;
  readonly messages: Pick<EmulatedMessaging, 'local' | 'endpoints' | 'buckets'>;
  readonly source: Source;
  readonly paint: Paint;
  /** Returns the width of the terminal, if it has one: longer lines are cut. */
  columns(): number | undefined;
  print(text: string): void;
}

/** Prints the address, the routes and all else that the functions declare. */
export class StartupBanner {
  /** The address of the server. */
  url = '';
  #shown = '';
  /** Whether the function that gets requests has run: before, there is nothing to try. */
  #hasRun = false;

  constructor(private readonly options: StartupBannerOptions) {}

  /** Prints the banner once all functions have started or failed, unless it is the same as the last one. */
  async show(): Promise<void> {
    const { pool, source, print } = this.options;
    const starts = await Promise.allSettled(pool.all.map((fn) => fn.startEnded()));
    const front = await pool.front();
    this.#hasRun ||= starts[pool.all.indexOf(front)]?.status === 'fulfilled';
    const blocks = [
      listening(this.url, source),
      ...this.#sections(front).map((section) => this.#block(section)),
      ...(this.#hasRun ? [this.#attempts(front)] : []),
    ];
    const text = `\n${blocks.filter((block) => block !== '').join('\n\n')}\n`;
    if (text === this.#shown) return;
    this.#shown = text;
    print(text);
  }

  #sections(front: LiveFunction): BannerSection[] {
    const { pool, messages } = this.options;
    const sections = bannerSections({
      url: this.url,
      front: front.description,
      functions: pool.all.flatMap(({ description }) => description ?? []),
      local: messages.local,
      endpoints: messages.endpoints,
      buckets: messages.buckets,
    });
    if (pool.all.length === 1) return sections;
    const rows = pool.all.map((fn) => [
      fn.name,
      fn.source,
      fn === front ? this.url : `npx lambent invoke --function ${fn.name}${urlFlag(this.url)} …`,
    ]);
    return [...sections, { title: 'Functions', rows }];
  }

  #block({ title, rows }: BannerSection): string {
    const { paint, columns } = this.options;
    const width = columns() ?? Number.POSITIVE_INFINITY;
    const lines = table(rows, '  ')
      .split('\n')
      .map((line) => cut(printable(line), width));
    return [...(title === undefined ? [] : [paint('bold', title)]), ...lines].join('\n');
  }

  #attempts({ description }: LiveFunction): string {
    const request = curl(this.url, routesToTry(description?.routes ?? []));
    const schedule = scheduleCommand(
      this.url,
      this.options.pool.all.flatMap((fn) => fn.description ?? []),
    );
    const commands = [request, schedule].filter((command) => command !== undefined);
    return commands.map((command, index) => `${index === 0 ? 'Try: ' : '     '}${command}`).join('\n');
  }
}

function cut(line: string, width: number): string {
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}
