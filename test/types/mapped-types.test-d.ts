// Compiled by `npm run types`, never run.
import { IntersectionType, OmitType, PartialType, PickType } from 'lambent';
import { expectType, type Same } from './expect-type.js';

class Customer {
  id!: string;
  name!: string;
  age?: number;
  greet(): string {
    return this.name;
  }
}

class Page {
  limit!: number;
}

class Update extends PartialType(Customer) {}
class Key extends PickType(Customer, ['id']) {}
class Create extends OmitType(Customer, ['id']) {}
class Find extends IntersectionType(Page, PartialType(Customer)) {}

expectType<Same<Update['name'], string | undefined>>();
expectType<Same<keyof Key, 'id'>>();
expectType<Same<keyof Create, 'name' | 'age'>>();
expectType<Same<Find['limit'], number>>();
expectType<Same<Find['name'], string | undefined>>();

// @ts-expect-error -- no such property
PickType(Customer, ['nmae']);
// @ts-expect-error -- no such property
OmitType(Customer, ['nmae']);
