import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withImportingSource } from '../../../src/cli/project/missing-export.js';

const folder = mkdtempSync(join(tmpdir(), 'lambent-missing-'));

/** What Node throws while it links a compiled file of these sources. */
function thrownFor(sources: Readonly<Record<string, string>>, from: string, name: string): SyntaxError {
  const compiled = join(folder, 'module.mjs');
  const map = JSON.stringify({ sources: Object.keys(sources), sourcesContent: Object.values(sources) });
  const url = `data:application/json;charset=utf-8;base64,${Buffer.from(map).toString('base64')}`;
  writeFileSync(compiled, `import { ${name} } from '${from}';\n//# sourceMappingURL=${url}\n`);
  const error = new SyntaxError(`The requested module '${from}' does not provide an export named '${name}'`);
  error.stack = `${pathToFileURL(compiled).href}:1\nimport …\n         ^\n${error.stack}`;
  return error;
}

test('the source that imports a missing name is told', () => {
  const sources = {
    '../src/orders.ts': "import { Sku } from 'skus';\nimport { Shop } from 'shops';",
    '../src/skus.ts': "import {\n  Lot as OtherLot,\n} from 'skus';",
  };
  const found = withImportingSource(thrownFor(sources, 'skus', 'Lot'), join(folder, '..'));
  expect(String(found)).toBe("BootstrapError: src/skus.ts imports Lot from 'skus', which does not export it.");
});

test('any other error is left as it is', () => {
  const unknown = thrownFor({ '../src/orders.ts': '' }, 'skus', 'Lot');
  for (const error of [unknown, new SyntaxError('Unexpected token'), new TypeError('x'), 'text'])
    expect(withImportingSource(error, folder)).toBe(error);
});
