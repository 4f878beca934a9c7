import { cpSync, existsSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { repository } from '../package/manifest.js';

/** A user's project, the sources of `test/cdk/shop`, to be removed. */
export function createShop(): string {
  if (!existsSync(join(repository, 'dist')))
    throw new Error('This test calls the built command: run `npm run build` first.');
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lambent-cdk-')));
  cpSync(join(__dirname, 'shop'), join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'shop', type: 'module' }));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return folder;
}

/** @param outdir where stacks that share a bundle are synthesised. */
export function newStack(outdir?: string): Stack {
  return new Stack(new App({ ...(outdir !== undefined && { outdir }) }), 'Shop');
}

/** Any function, for what does not look into it. */
export function plainFunction(stack: Stack): Function {
  return new Function(stack, 'Orders', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => 1;'),
  });
}

/** The properties of all resources of a type. */
export function propertiesOf(stack: Stack, type: string): Record<string, unknown>[] {
  const found = Template.fromStack(stack).findResources(type) as Record<
    string,
    { Properties: Record<string, unknown> }
  >;
  return Object.values(found).map(({ Properties }) => Properties);
}
