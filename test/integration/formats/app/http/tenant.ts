import { Injectable, Request, Scope } from 'lambent';

@Injectable({ scope: Scope.REQUEST })
export class Tenant {
  readonly name: string;

  constructor(request: Request) {
    this.name = request.header('x-tenant') ?? 'public';
  }
}
