import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';

/** The findings of a visit to one page. */
export interface Visited {
  readonly url: string;
  /** Where its links lead, with anchors. */
  readonly links: readonly string[];
  readonly ids: ReadonlySet<string>;
  readonly codeTitles: readonly string[];
  /** The text that a reader sees of the page itself. */
  readonly text: string;
  /** The browser's complaints. */
  readonly errors: readonly string[];
  /** The complaints of axe. */
  readonly accessibility: readonly string[];
  /** By how many pixels the page is too wide for a phone. */
  readonly overflow: number;
}

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

const LOOKS = {
  'light, desktop': { colorScheme: 'light', viewport: DESKTOP },
  'dark, phone': { colorScheme: 'dark', viewport: PHONE },
} as const;
export type Look = keyof typeof LOOKS;

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** A tab that visits one page after the other. */
export class Visitor {
  private errors: string[] = [];

  private constructor(
    readonly tab: Page,
    private readonly look: Look,
  ) {
    tab.on('pageerror', (error) => this.errors.push(error.message));
    tab.on('console', (message) => message.type() === 'error' && this.errors.push(message.text()));
  }

  static async start(browser: Browser, look: Look): Promise<Visitor> {
    // Without motion: colours that are still changing have too little contrast.
    const tab = await browser.newPage({ ...LOOKS[look], reducedMotion: 'reduce' });
    // A busy machine may take longer than Playwright waits. Jest ends what hangs.
    tab.setDefaultTimeout(0);
    return new Visitor(tab, look);
  }

  async visit(url: string): Promise<Visited> {
    await this.open(url);
    // The colours of code are the same on every page, and take half of the time to check.
    const accessibility = await this.accessibility({ exclude: ['pre code'] });
    const content = await this.content();
    await this.tab.setViewportSize(PHONE);
    const overflow = await this.tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await this.tab.setViewportSize(LOOKS[this.look].viewport);
    return { url, ...content, accessibility, overflow, errors: this.errors };
  }

  /** Opens a page and waits until Vue has taken it over: before that, it is text without behaviour. */
  async open(url: string): Promise<void> {
    this.errors = [];
    await this.tab.goto(url);
    await this.tab.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}));
  }

  private async content(): Promise<Pick<Visited, 'links' | 'ids' | 'codeTitles' | 'text'>> {
    const { links, ids, ...seen } = await this.tab.evaluate(() => ({
      links: Array.from(document.querySelectorAll<HTMLAnchorElement>('a[href]'), ({ href }) => href),
      ids: Array.from(document.querySelectorAll('[id]'), ({ id }) => id),
      codeTitles: Array.from(document.querySelectorAll('.code-title'), ({ textContent }) => textContent),
      text: document.querySelector('main')?.innerText ?? '',
    }));
    return { links: [...new Set(links)], ids: new Set(ids), ...seen };
  }

  /** Runs axe with all its rules, best practices too, unless the options say otherwise. */
  async accessibility(options: AxeOptions = {}): Promise<string[]> {
    await this.tab.evaluate(axe);
    return this.tab.evaluate(async ({ exclude = [], rules = {} }) => {
      const { violations } = await (window as unknown as { axe: Axe }).axe.run({ exclude }, { rules });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
    }, options);
  }
}

interface AxeOptions {
  /** Selectors. */
  readonly exclude?: string[];
  readonly rules?: Record<string, { enabled: boolean }>;
}

interface Axe {
  run(context: object, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}
