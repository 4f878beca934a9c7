import type { MarkdownRenderer } from 'vitepress';

/** Leaves out comments. What they add to examples is for the compiler, and must not be found by the search. */
export function leaveOutComments(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('leave-out-comments', (state) => {
    state.tokens = state.tokens.filter(({ type, content }) => type !== 'html_block' || !content.startsWith('<!--'));
  });
}
