import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMarkdownRenderer, type SiteConfig } from 'vitepress';
import { docs, root } from '../repository.js';
import { figuresOf, type Figures, type Results } from './figures.js';

/** What the landing page takes from other files of the repository, so that it cannot be out of date. */
export interface LandingData {
  /** The first titled example of README.md, as HTML. */
  readonly example: string;
  /** The commands of its quick start, as HTML. */
  readonly commands: string;
  /** The panels of the benchmark's chart, each as SVG. */
  readonly panels: readonly string[];
  readonly note: string;
  readonly figures: Figures;
}

declare const data: LandingData;
export { data };

const README = join(root, 'README.md');
const CHART = join(root, 'bench/results/chart.svg');
const RESULTS = join(root, 'bench/results/latest.json');

declare global {
  // VitePress's own, for data loaders.
  var VITEPRESS_CONFIG: SiteConfig;
}

export default {
  watch: [README, CHART, RESULTS],
  async load(): Promise<LandingData> {
    const { markdown, site } = globalThis.VITEPRESS_CONFIG;
    const renderer = await createMarkdownRenderer(docs, markdown, site.base);
    const readme = readFileSync(README, 'utf8');
    return {
      example: renderer.render(find(readme, /^```ts title=.+?^```$/ms, 'example with a title'), {
        relativePath: 'index.md',
      }),
      commands: renderer.render(find(readme, /^```sh$.+?^```$/ms, 'commands'), { relativePath: 'index.md' }),
      ...chart(readFileSync(CHART, 'utf8')),
      figures: figuresOf(JSON.parse(readFileSync(RESULTS, 'utf8')) as Results),
    };
  },
};

function find(readme: string, pattern: RegExp, what: string): string {
  const found = pattern.exec(readme)?.[0];
  if (found === undefined) throw new Error(`README.md has no ${what} for the landing page.`);
  return found;
}

/** Takes the chart apart, so that its panels fit below each other on a phone. */
function chart(svg: string): Pick<LandingData, 'panels' | 'note'> {
  const panels = Array.from(
    svg.matchAll(/<g transform="translate\([\d. ]+\)">\n(?<panel>.+?)<\/g>/gs),
    ({ groups }) => groups!['panel']!,
  );
  const note = /<text class="note"[^>]*>(?<text>.+?)<\/text>/.exec(svg)?.groups?.['text'];
  if (panels.length === 0 || !note) throw new Error('The chart of the benchmark is not made of panels and a note.');
  return { panels, note };
}
