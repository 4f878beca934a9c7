import { setImmediate } from 'node:timers/promises';
import { getLogger, Inject, Injectable, InjectionToken, NotFoundException, type OnModuleInit } from 'lambent';
import { Address, FamilyMember, Member } from './member.js';
import type { NewMember } from './new-member.js';

export const FIRST_ID = new InjectionToken<number>('FIRST_ID');

@Injectable()
export class MembersService implements OnModuleInit {
  private readonly members = new Map<number, Member>();

  constructor(@Inject(FIRST_ID) private readonly firstId: number) {}

  onModuleInit(): void {
    const address = new Address('St James Square 12', 'London');
    this.members.set(
      this.firstId,
      new FamilyMember(this.firstId, { name: 'Ada Lovelace', joined: new Date('2026-01-02'), address }),
    );
  }

  all(): Member[] {
    return [...this.members.values()];
  }

  async find(id: number): Promise<Member> {
    await setImmediate();
    getLogger().set({ member: id });
    const member = this.members.get(id);
    if (!member) throw new NotFoundException(`There is no member ${id}`, { errorDetail: { id } });
    return member;
  }

  make({ name, joined, address }: NewMember): Member {
    return new Member(this.firstId + 1, { name, joined, address: new Address(address.street, address.city) });
  }
}
