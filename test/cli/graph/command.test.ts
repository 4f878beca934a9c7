import { mermaidGraph, textGraph } from '../../../src/cli/graph/command.js';
import type { ModuleDescription } from '../../../src/contracts/application-description.js';

function module(name: string, imports: readonly string[] = [], global = false): ModuleDescription {
  return { name, imports, global, controllers: [], providers: [], exports: [] };
}

const SHOP = [
  module('ConfigModule', [], true),
  module('DatabaseModule', ['ConfigModule']),
  module('OrdersModule', ['DatabaseModule']),
  module('ReportsModule', ['DatabaseModule', 'OrdersModule']),
  module('AppModule', ['OrdersModule', 'ReportsModule']),
];

test('the text is a tree, in which a module is opened once', () => {
  expect(textGraph(SHOP)).toBe(
    [
      'AppModule',
      '├─ OrdersModule',
      '│  └─ DatabaseModule',
      '│     └─ ConfigModule (global)',
      '└─ ReportsModule',
      '   ├─ DatabaseModule (see above)',
      '   └─ OrdersModule (see above)',
    ].join('\n'),
  );
});

test('a circle of modules ends', () => {
  expect(textGraph([module('B', ['A']), module('A', ['B'])])).toBe('A\n└─ B\n   └─ A (see above)');
});

test('modules of the same name are one, with the imports of all', () => {
  const twice = [
    module('A'),
    module('B'),
    module('AwsModule', ['A']),
    module('AwsModule', ['A', 'B']),
    module('AppModule', ['AwsModule', 'AwsModule']),
  ];
  expect(textGraph(twice)).toBe('AppModule\n└─ AwsModule\n   ├─ A\n   └─ B');
  expect(mermaidGraph(twice)).toContain('  m2 --> m0\n  m2 --> m1\n  m3 --> m2');
});

test('a module alone is a line', () => {
  expect(textGraph([module('AppModule')])).toBe('AppModule');
});

test('Mermaid gets a node a module and an arrow an import', () => {
  expect(mermaidGraph([module('ConfigModule', [], true), module('AppModule', ['ConfigModule'])])).toBe(
    'flowchart TD\n  m0(["ConfigModule"])\n  m1["AppModule"]\n  m1 --> m0',
  );
});
