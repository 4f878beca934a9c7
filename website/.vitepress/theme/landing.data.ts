import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMarkdownRenderer, type SiteConfig } from 'vitepress';
import { docs, root } from '../repository.js';

/** The parts of the landing page from README.md, as HTML, and from the benchmark: they are written once. */
export interface LandingData {
  readonly what: string;
  /** The sentence with the one number that matters most. */
  readonly number: string;
  readonly example: string;
  readonly commands: string;
  /** How Lambent compares with others. */
  readonly comparison: string;
  /** The panels of the chart, each the content of an SVG. */
  readonly panels: readonly string[];
  readonly note: string;
}

declare const data: LandingData;
export { data };

declare global {
  // VitePress's own, for data loaders.
  var VITEPRESS_CONFIG: SiteConfig;
}

const README = join(root, 'README.md');
const CHART = join(root, 'bench/results/chart.svg');

export default {
  watch: [README, CHART],
  async load(): Promise<LandingData> {
    const { markdown, site } = globalThis.VITEPRESS_CONFIG;
    const renderer = await createMarkdownRenderer(docs, markdown, site.base);
    const readme = readFileSync(README, 'utf8');
    const part = (what: string, pattern: RegExp): string => {
      const found = pattern.exec(readme)?.[1];
      if (found === undefined) throw new Error(`The landing page needs ${what} of README.md.`);
      return renderer.render(found, { relativePath: '../README.md', cleanUrls: true });
    };
    return {
      what: part('the first paragraph', /^# .+?\n\n(.+?)\n\n/s),
      number: part('the second paragraph', /^# .+?\n\n.+?\n\n(.+?)\n\n/s).replace(/\d+ ms/, '<strong>$&</strong>'),
      example: part('the first example with a title', /^(```ts title=.+?^```)$/ms),
      commands: part('the first commands', /^(```sh$.+?^```)$/ms),
      comparison: part('the section "Why not"', /^## Why not.*?\n\n(.+?)^## /ms),
      ...chart(readFileSync(CHART, 'utf8')),
    };
  },
};

/** Takes the chart apart, so that its panels fit below each other on a phone. */
function chart(svg: string): Pick<LandingData, 'panels' | 'note'> {
  const panels = Array.from(svg.matchAll(/<g transform="translate\([\d. ]+\)">\n(.+?)<\/g>/gs), ([, panel]) => panel!);
  const note = /<text class="note"[^>]*>(.+?)<\/text>/.exec(svg)?.[1];
  if (panels.length === 0 || !note) throw new Error('The chart of the benchmark is not made of panels and a note.');
  return { panels, note };
}
