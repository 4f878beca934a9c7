import { Exclude, Expose, Transform, Type } from 'class-transformer';

export class Address {
  @Exclude()
  readonly street: string;

  constructor(
    street: string,
    readonly city: string,
  ) {
    this.street = street;
  }
}

/** Writes itself. */
export class Fee {
  constructor(readonly cents: number) {}

  toJSON(): string {
    return `${this.cents / 100} £`;
  }
}

export class Member {
  @Exclude()
  passwordHash = 'never to be seen';

  @Expose({ name: 'memberId' })
  readonly id: number;

  readonly name: string;

  @Transform(({ value }: { value: Date }) => value.toISOString().slice(0, 10), { toPlainOnly: true })
  readonly joined: Date;

  @Type(() => Address)
  readonly address: Address;

  constructor(id: number, { name, joined, address }: { name: string; joined: Date; address: Address }) {
    this.id = id;
    this.name = name;
    this.joined = joined;
    this.address = address;
  }

  @Expose()
  get initials(): string {
    return this.name.replace(/(\w)\w*\s*/g, '$1');
  }
}

export class FamilyMember extends Member {
  readonly fee = new Fee(1250);

  @Exclude()
  readonly discount = 0.2;

  readonly describe = (): string => this.name;
}

/** Has no decorators, but members that have. */
export class Listing {
  constructor(readonly members: readonly Member[]) {}
}
