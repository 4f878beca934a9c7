import { type Theme, useRoute } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { nextTick, onMounted, watch } from 'vue';
import Landing from './Landing.vue';
import Layout from './Layout.vue';
import './colours.css';
import './pages.css';

const theme: Theme = {
  extends: DefaultTheme,
  Layout,
  enhanceApp({ app }) {
    // The layout of the index page: see `transformPageData` in the configuration.
    app.component('landing', Landing);
  },
  setup() {
    const route = useRoute();
    onMounted(() => watch(() => route.path, showOpenPage, { immediate: true }));
  },
};

export default theme;

/** Scrolls the sidebar to the open page, which may be far down. */
async function showOpenPage(): Promise<void> {
  await nextTick();
  document.querySelector('.VPSidebarItem.is-active .link')?.scrollIntoView({ block: 'center' });
}
