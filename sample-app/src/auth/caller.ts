import { Injectable, Request, Scope } from 'lambent';

/** The caller of a request. Each request has its own instance. */
@Injectable({ scope: Scope.REQUEST })
export class Caller {
  readonly name: string;

  constructor(request: Request) {
    this.name = request.header('x-caller') ?? 'anonymous';
  }
}
