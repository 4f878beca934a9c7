import { errorHint } from '../../src/cli/framework/errors.js';

test('a circle of classes is told from the error that it ends with', () => {
  expect(errorHint("ReferenceError: Cannot access 'Table' before initialization\n    at src/orders.ts:1:1")).toMatch(
    /^Table is named by a class that comes before it, .* @Inject\(forwardRef\(\(\) => Table\)\) and the type Ref<Table>: /,
  );
});

test.each(['/', '\\'])('a name that lambent does not export is looked up among those of NestJS (%s)', (slash) => {
  const file = ['node_modules', 'lambent', 'dist', 'esm', 'index.js'].join(slash);
  expect(errorHint(`[MISSING_EXPORT] "REQUEST" is not exported by "${file}".`)).toContain('docs/coming-from.md');
});

test('so is one that Node misses, for where nothing is bundled', () => {
  expect(errorHint("SyntaxError: The requested module 'lambent' does not provide an export named 'Sse'")).toContain(
    'docs/coming-from.md',
  );
});

test.each(['TypeError: x is undefined', '[MISSING_EXPORT] "Orders" is not exported by "src/orders.ts".'])(
  '%s is left as it is',
  (text) => {
    expect(errorHint(text)).toBeUndefined();
  },
);
