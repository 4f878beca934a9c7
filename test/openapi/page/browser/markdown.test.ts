import fc from 'fast-check';
import { type Block, blocksOf } from '../../../../src/openapi/page/browser/markdown-blocks.js';
import type { Inline } from '../../../../src/openapi/page/browser/markdown-inline.js';

/** Writes what has been read in brackets, as in `p[a em[b]]`. */
function shown(markdown: string): string {
  return blocksOf(markdown).map(block).join(' ');
}

function block(given: Block): string {
  switch (given.type) {
    case 'heading':
      return `h${given.level}[${inline(given.children)}]`;
    case 'paragraph':
      return `p[${inline(given.children)}]`;
    case 'code':
      return `pre[${given.text}]`;
    case 'quote':
      return `quote[${given.children.map(block).join(' ')}]`;
    case 'list':
      return `${given.start ?? 'ul'}[${given.items.map((item) => item.map(block).join(' ')).join(', ')}]`;
    case 'table':
      return `table[${given.rows.map((row) => row.map(inline).join('|')).join(' / ')}]`;
    case 'rule':
      return 'hr';
  }
}

function inline(given: readonly Inline[]): string {
  return given
    .map((each) => {
      if (each.type === 'text') return each.text;
      if (each.type === 'br') return '<br>';
      if (each.type === 'code') return `code[${each.text}]`;
      const name = each.type === 'link' ? `link ${each.href} ` : each.type;
      return `${name}[${inline(each.children)}]`;
    })
    .join('');
}

// As marked and CommonMark's reference implementation read them, but for HTML, images and check boxes.
test.each([
  ['Hello **world**!\n\nSecond *para*.', 'p[Hello strong[world]!] p[Second em[para].]'],
  ['a __b__ _c_ ~~d~~ ***e***', 'p[a strong[b] em[c] del[d] strong[em[e]]]'],
  ['**a *b* c** *a **b** c*', 'p[strong[a em[b] c] em[a strong[b] c]]'],
  ['snake_case_name 2 * 3 * 4 **x *x', 'p[snake_case_name 2 * 3 * 4 **x *x]'],
  ['**a`b**c`**', 'p[strong[acode[b**c]]]'],
  ['`a` ``b ` c`` `open', 'p[code[a] code[b ` c] `open]'],
  ['\\*a\\* \\`b\\` C:\\dir', 'p[*a* `b` C:\\dir]'],
  ['a  \nb\\\nc\nd', 'p[a<br>b<br>c\nd]'],
  ['[t](http://a.b "x") [t](<a b>) [x](/p?q=(1))', 'p[link http://a.b [t] link a b [t] link /p?q=(1) [x]]'],
  ['[**b** [c]](u) ![alt](i.png) [x [x]( [x](y', 'p[link u [strong[b] [c]] link i.png [alt] [x [x]( [x](y]'],
  [') [x](y "z', 'p[) [x](y "z]'],
  [
    '<https://a.b/c> (https://a.b/x_y_z).',
    'p[link https://a.b/c [https://a.b/c] (link https://a.b/x_y_z [https://a.b/x_y_z]).]',
  ],
  ['&amp; &lt;x&gt; &#65; &unknown; a&b', 'p[& <x> A &unknown; a&b]'],
  ['<b>html</b> <!-- x -->', 'p[<b>html</b> <!-- x -->]'],
  ['# h\n## h2 ##\ntext\n#no', 'h1[h] h2[h2] p[text\n#no]'],
  ['T\n===\nU\n---', 'h1[T] h2[U]'],
  ['- a\n- b\n  - c\n  - d\n- e', 'ul[p[a], p[b] ul[p[c], p[d]], p[e]]'],
  ['2. a\n3. b\n   - x\n4. c', '2[p[a], p[b] ul[p[x]], p[c]]'],
  ['- a\n\n  more\n\n- b\n\n\ntext', 'ul[p[a] p[more], p[b]] p[text]'],
  ['- a\n  b\nlazy\n* other', 'ul[p[a\nb\nlazy]] ul[p[other]]'],
  ['text\n- list\n\ntext\n2. not', 'p[text] ul[p[list]] p[text\n2. not]'],
  ['> q\n> - a\nlazy\n\nout', 'quote[p[q] ul[p[a\nlazy]]] p[out]'],
  ['text\n```js\nx <y>\n\n z\n```\nafter', 'p[text] pre[x <y>\n\n z] p[after]'],
  ['~~~\n```\n~~~\n\n    code\n      more\n\n````\nopen', 'pre[```] pre[code\n  more] pre[open]'],
  ['| a | b |\n|---|:-:|\n| 1 | `x` \\| y |\n| 2 |\n\nend', 'table[a|b / 1|code[x] | y / 2|] p[end]'],
  ['a | b\n--|--\n1 | 2\n- x', 'table[a|b / 1|2] ul[p[x]]'],
  ['a | b\nno table', 'p[a | b\nno table]'],
  ['---\n* * *\n- a\n---\nb', 'hr hr ul[p[a]] hr p[b]'],
  ['a\r\nb\r\n\r\n\tc', 'p[a\nb] pre[c]'],
])('%j is read as %s', (markdown, expected) => {
  expect(shown(markdown)).toBe(expected);
});

/** The letters in what has been read. */
function lettersOf(markdown: string): string {
  return shown(markdown).replaceAll(/code|pre|link |strong|em|del|quote|table|ul|hr|h\d|<br>|[^xyz]|p\[/g, '');
}

test('no text is lost, whatever marks are in it', () => {
  const pieces = [
    'x',
    'y',
    'z',
    '*',
    '**',
    '_',
    '`',
    '```',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '#',
    '- ',
    '1. ',
    '|',
    '\n',
    ' ',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
      const markdown = parts.join('');
      // Addresses of links are shown as well; titles of fences are not.
      expect(lettersOf(markdown.replaceAll('```', '``'))).toBe(markdown.replaceAll(/[^xyz]/g, ''));
    }),
  );
});

test.each(['> ', '- ', '[', '![', '*a ', '**', '_a', '`', '[a](', '| a ', '~~', '<', '&#', '1. ', '# '])(
  'thousands of %j are read, and do not end the page',
  (mark) => {
    expect(shown(`${mark.repeat(3000)}\nx`)).toContain('x');
  },
);
