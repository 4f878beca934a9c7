import { Injectable, Request, Scope } from 'lambent';

/** Who calls: one instance a request. */
@Injectable({ scope: Scope.REQUEST })
export class Caller {
  readonly name: string;

  constructor(request: Request) {
    this.name = request.header('x-caller') ?? 'anonymous';
  }
}
