import type { OpenApiDocument } from '../../../src/openapi/openapi-document.js';

/** Texts that a page without care would run, load or follow, in HTML, in Markdown, in attributes and in scripts. */
export const ATTACKS: readonly string[] = [
  '<script>pwned()</script>',
  '</script><script>pwned()</script><!--<script>',
  '</style></textarea></title></pre><img src=x onerror=pwned()>',
  '"><img src=x onerror=pwned()>',
  `' onmouseover='pwned()' autofocus onfocus='pwned()`,
  '<svg onload=pwned()><iframe srcdoc="<script>parent.pwned()</script>">',
  '&lt;img src=x onerror=pwned()&gt; &#60;script&#62;pwned()&#60;/script&#62;',
  '\n\n<div>\n\n<img src=x onerror=pwned()>\n\n</div>\n\n<a href="javascript:pwned()">x</a>',
  '[x](javascript:pwned()) [x](JaVaScRiPt:pwned()) [x](java\tscript:pwned()) [x](<java\nscript:pwned()>)',
  '[x](&#106;avascript:pwned()) [x](javascript&colon;pwned()) [x](%6aavascript:pwned()) [x](\u0001javascript:pwned())',
  '[x][r] <javascript:pwned()> <vbscript:pwned()> [x](data:text/html,<script>pwned()</script>)\n\n[r]: javascript:pwned()',
  '![x](javascript:pwned()) ![x](x"onerror="pwned()) ![x](https://evil.test/seen.png "x\\" onerror=\\"pwned()")',
  '[![<img src=x onerror=pwned()>](x)](javascript:pwned() "\\" onclick=\\"pwned()")',
  '\n\n```"><img src=x onerror=pwned()>\n</code></pre><script>pwned()</script>\n```\n',
  '\n\n| <img src=x onerror=pwned()> |\n|---|\n| [x](javascript:pwned()) |\n',
  '\n\n# <img src=x onerror=pwned()>\n\n- <script>pwned()</script>\n\n> [x](javascript:pwned())',
  '${pwned()} {{pwned()}} javascript:pwned()',
];

/** Fields whose values are fixed by the specification, and say what a page has to show. */
const FIXED = new Set(['openapi', 'type', 'in', 'style', 'contentMediaType', 'required']);
/** Fields of which the author chooses the names. */
const MAPS = new Set(
  'paths responses schemas securitySchemes properties headers examples flows scopes mapping content value example'.split(
    ' ',
  ),
);

/** Adds an attack to every text that an author writes in a document, names included. */
export function poisoned(document: OpenApiDocument, attack: string): OpenApiDocument {
  return poison(document, attack, '') as OpenApiDocument;
}

function poison(value: unknown, attack: string, field: string): unknown {
  if (typeof value === 'string') return field === '$ref' || FIXED.has(field) ? value : value + attack;
  if (Array.isArray(value)) return value.map((item) => poison(item, attack, field === 'enum' ? '' : field));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, poison(inner, attack, key)]);
  if (!MAPS.has(field)) return Object.fromEntries(entries);
  // The names that something refers to stay beside the poisoned ones.
  return Object.fromEntries(
    entries.flatMap(([key, inner]) => [
      [key, inner],
      [key + attack, withOwnId(inner, attack)],
    ]),
  );
}

/** An operation's id may be there once. */
function withOwnId(value: unknown, attack: string): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (key === 'operationId' ? `${String(inner)}-${attack}` : inner)) ??
      'null',
  );
}
