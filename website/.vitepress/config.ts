import { join } from 'node:path';
import { slug } from 'github-slugger';
import { defineConfig, type Plugin } from 'vitepress';
import { descriptionOf } from './description.js';
import { showCodeTitles } from './markdown/code-titles.js';
import { leaveEmptyHeadersOut } from './markdown/empty-headers.js';
import { anchorTerms } from './markdown/glossary.js';
import { leaveOutComments } from './markdown/hidden-code.js';
import { lowerHeadingsOfIndex } from './markdown/index-headings.js';
import { linkRepository } from './markdown/links.js';
import { sidebars } from './navigation.js';
import { docs, GITHUB, root, SITE } from './repository.js';
import { search } from './search.js';

const base = new URL(SITE).pathname;

/** Vite looks for Vue from docs/, where the pages are, and no node_modules above it has Vue. */
const vueOfWebsite: Plugin = {
  name: 'vue-of-website',
  enforce: 'pre',
  resolveId(id, _importer, { ssr }) {
    if (!/^vue(\/|$)/.test(id)) return null;
    return ssr ? { id, external: true } : this.resolve(id, join(root, 'website/package.json'), { skipSelf: true });
  },
};

export default defineConfig({
  lang: 'en',
  title: 'Lambent',
  description:
    'A TypeScript framework for AWS Lambda: controllers, modules and injected services, close to the speed of a hand-written handler.',
  srcDir: docs,
  base,
  cleanUrls: true,
  // They lead to the reader's own application.
  ignoreDeadLinks: 'localhostLinks',
  sitemap: { hostname: SITE },
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}logo.svg` }],
    ['meta', { name: 'theme-color', content: '#bf4e0c' }],
  ],
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-default' },
    anchor: { slugify: slug },
    config(markdown) {
      linkRepository(markdown);
      leaveOutComments(markdown);
      lowerHeadingsOfIndex(markdown);
      anchorTerms(markdown);
      showCodeTitles(markdown);
      leaveEmptyHeadersOut(markdown);
    },
  },
  vite: {
    publicDir: join(root, 'website/public'),
    plugins: [vueOfWebsite],
    build: { chunkSizeWarningLimit: 1500 },
    server: { fs: { allow: [root] } },
  },
  transformPageData(page) {
    const description = descriptionOf(page.relativePath);
    const url = new URL(page.relativePath.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, ''), SITE).href;
    page.frontmatter['head'] = [
      ['link', { rel: 'canonical', href: url }],
      ['meta', { property: 'og:title', content: page.title }],
    ];
    if (page.relativePath === 'index.md') {
      page.frontmatter['layout'] = 'landing';
      page.frontmatter['sidebar'] = false;
      return { title: 'Lambent', titleTemplate: 'NestJS-style framework for AWS Lambda' };
    }
    // Generated from the sources: an edit would be overwritten.
    if (page.relativePath.startsWith('reference/')) page.frontmatter['editLink'] = false;
    return description === undefined ? {} : { description };
  },
  themeConfig: {
    logo: { src: '/logo.svg', alt: '' },
    nav: [
      { text: 'Get started', link: '/getting-started' },
      { text: 'Documentation', link: '/#documentation' },
      { text: 'Reference', link: '/reference/lambent', activeMatch: '/reference/' },
      { text: 'Changelog', link: `${GITHUB}/blob/main/CHANGELOG.md` },
    ],
    sidebar: sidebars(),
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: GITHUB }],
    editLink: { pattern: `${GITHUB}/edit/main/docs/:path`, text: 'Edit this page' },
    docFooter: { prev: 'Previous', next: 'Next' },
    search,
    externalLinkIcon: true,
  },
});
