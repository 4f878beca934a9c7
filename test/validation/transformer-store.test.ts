import 'reflect-metadata';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import { exposedProperties, isBuiltByTransform, isDecorated, storeInUse, type TransformerStore, transformerStore } from '../../src/validation/transformer-store.js';

class Base { @Type(() => Number) a!: number; @Transform(({ value }) => value, { toPlainOnly: true }) out!: string; }
class Derived extends Base { @Expose() b!: string; @Transform(({ value }) => value) made!: string; }
class Plain { a = 1; }
@Exclude() class Closed { a = 1; }

const store = transformerStore as TransformerStore;

test('class-transformer’s storage is found through the package’s root', () => {
  expect(store.findExposeMetadata(Derived, 'b')).toMatchObject({ propertyName: 'b' });
});

test('a storage that the package’s root does not write to is not used', () => {
  const other = { _exposeMetadatas: new Map() } as unknown as TransformerStore;
  expect(storeInUse(other)).toBeUndefined();
});

test('a class is decorated by itself or by what it inherits', () => {
  expect([Base, Derived, Closed, class extends Derived {}, Plain].map((type) => isDecorated(store, type))).toEqual([true, true, true, true, false]);
});

test('properties are listed with those of the parent', () => {
  expect(exposedProperties(store, Derived)).toEqual(['b', 'a']);
});

test('a @Transform for output only makes no value of the instance', () => {
  expect(['made', 'out', 'a'].map((name) => isBuiltByTransform(store, Derived, name))).toEqual([true, false, false]);
});
