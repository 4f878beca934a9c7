import { ImportGraph } from '../../src/build/import-graph.js';

function graphOf(
  imports: Record<string, readonly string[]>,
  entries: readonly string[],
  lazy: Record<string, readonly string[]> = {},
): ImportGraph {
  const graph = new ImportGraph();
  for (const [id, importedIds] of Object.entries(imports)) {
    graph.add({ id, isEntry: entries.includes(id), importedIds, dynamicallyImportedIds: lazy[id] ?? [], exports: [] });
  }
  return graph;
}

const to = (wanted: string) => (id: string) => id === wanted;

test('the way to a module is a shortest one, whatever the order of imports', () => {
  const graph = graphOf({ main: ['a', 'c'], a: ['b'], b: ['c'], c: ['heavy'], heavy: [] }, ['main']);
  expect(graph.wayTo(to('heavy'))).toEqual(['main', 'c', 'heavy']);
});

test('imports at run time count, and circles end', () => {
  const graph = graphOf({ main: [], a: ['main', 'heavy'], heavy: ['a'] }, ['main'], { main: ['a'] });
  expect(graph.wayTo(to('heavy'))).toEqual(['main', 'a', 'heavy']);
});

test('the nearest of several entries is where the way starts', () => {
  const graph = graphOf({ one: ['a'], a: ['heavy'], two: ['heavy'], heavy: [] }, ['one', 'two']);
  expect(graph.wayTo(to('heavy'))).toEqual(['two', 'heavy']);
  expect(graph.wayTo(to('one'))).toEqual(['one']);
});

test('there is no way to what nothing imports', () => {
  expect(graphOf({ main: [], alone: [] }, ['main']).wayTo(to('alone'))).toEqual([]);
});

test('the importers of modules are those outside of them', () => {
  const graph = graphOf({ main: ['a'], a: ['heavy'], b: ['main'], heavy: ['inner'], inner: ['heavy'] }, ['main'], {
    b: ['inner'],
  });
  expect(graph.importersOf((id) => id === 'heavy' || id === 'inner')).toEqual(['a', 'b']);
});
