import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import Landing from './Landing.vue';
import './colours.css';
import './pages.css';

const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    // The layout of the index page: see `transformPageData` in the configuration.
    app.component('landing', Landing);
  },
};

export default theme;
