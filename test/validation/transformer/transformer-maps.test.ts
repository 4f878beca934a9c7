import 'reflect-metadata';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import {
  exposedName,
  exposedProperties,
  isBuiltByTransform,
  isDecorated,
  propertyExposedAs,
  typeMetadata,
} from '../../../src/validation/transformer/transformer-metadata.js';

class Base {
  @Type(() => Number) a!: number;
  @Transform(({ value }) => value, { toPlainOnly: true }) out!: string;
}
class Derived extends Base {
  @Expose({ name: 'bee' }) b!: string;
  @Transform(({ value }) => value) made!: string;
}
class Plain {
  a = 1;
}
@Exclude()
class Closed {
  a = 1;
}

test('what the decorators of the package’s root said is found, also in the parent', () => {
  expect(typeMetadata(Derived, 'a')).toMatchObject({ target: Base, propertyName: 'a' });
  expect([exposedName(Derived, 'b'), propertyExposedAs(Derived, 'bee')]).toEqual(['bee', 'b']);
  expect([typeMetadata(Derived, 'b'), exposedName(Derived, 'a'), propertyExposedAs(Derived, 'b')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('what they say later is found, too', () => {
  expect(isDecorated(Plain)).toBe(false);
  class Later {
    @Expose() a!: string;
  }
  expect(isDecorated(Later)).toBe(true);
});

test('a class is decorated by itself or by what it inherits', () => {
  expect([Base, Derived, Closed, class extends Derived {}, Plain].map(isDecorated)).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
});

test('properties are listed with those of the parent', () => {
  expect(exposedProperties(Derived)).toEqual(['b', 'a']);
});

test('a @Transform for output only makes no value of the instance', () => {
  expect(['made', 'out', 'a'].map((name) => isBuiltByTransform(Derived, name))).toEqual([true, false, false]);
});

const silent = () => () => undefined;

describe('looking for it', () => {
  test('leaves Map as it was', () => {
    jest.isolateModules(() => {
      const { has } = Map.prototype;
      const { transformerMaps } = jest.requireActual<
        typeof import('../../../src/validation/transformer/transformer-maps.js')
      >('../../../src/validation/transformer/transformer-maps.js');
      expect(transformerMaps().exposed).toBeInstanceOf(Map);
      expect(Map.prototype.has).toBe(has);
    });
  });

  test('refuses a release that keeps it elsewhere, and leaves Map as it was', () => {
    jest.isolateModules(() => {
      const { has } = Map.prototype;
      jest.doMock('class-transformer', () => ({ Type: silent, Transform: silent, Expose: silent, Exclude: silent }));
      const { transformerMaps } = jest.requireActual<
        typeof import('../../../src/validation/transformer/transformer-maps.js')
      >('../../../src/validation/transformer/transformer-maps.js');
      expect(transformerMaps).toThrow(/npm install class-transformer@0\.5\.1/);
      expect(Map.prototype.has).toBe(has);
    });
  });
});
