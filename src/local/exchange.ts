import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FrontDoor, RequestTraits } from './front-door.js';
import type { GatewayAnswer } from './gateway-answer.js';
import { writeAnswer } from './write-answer.js';

/** Where the emulator says what it sees. */
export type Terminal = Pick<Console, 'log' | 'error'>;

/** One request on its way: who asks, who answers, and where it is told. */
export class Exchange {
  readonly traits: RequestTraits;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    readonly door: FrontDoor,
    private readonly terminal: Terminal,
  ) {
    const { headers } = request;
    this.traits = {
      accept: headers.accept,
      contentType: headers['content-type'],
      contentEncoding: headers['content-encoding'],
    };
  }

  /** Answers, and says what was wrong with the answer. */
  answer(answer: GatewayAnswer): void {
    const sent = this.send(answer);
    if (sent.problem !== undefined) this.report(sent.status, sent.problem);
  }

  /**
   * Answers for a function that failed; an answer that is half out is cut off, so that the client notices.
   *
   * @param error what the function threw, with its stack.
   */
  fail(answer: GatewayAnswer, problem: string, error?: unknown): void {
    if (this.response.headersSent) this.response.destroy();
    else this.send(answer);
    this.report(this.response.statusCode, problem, error);
  }

  /** Says something about the request without answering it. */
  report(status: number | undefined, problem: string, error?: unknown): void {
    const line = `${this.request.method} ${this.request.url}${status === undefined ? '' : ` -> ${status}`}: ${problem}`;
    this.terminal.error(line, ...(error === undefined ? [] : [error]));
  }

  /** What was sent: where a header can't be, the front door's answer to a broken function. */
  private send(answer: GatewayAnswer): GatewayAnswer {
    try {
      writeAnswer(this.response, answer);
      return answer;
    } catch (error) {
      const refusal = { ...this.door.functionError, problem: `a header can't be sent: ${(error as Error).message}` };
      writeAnswer(this.response, refusal);
      return refusal;
    }
  }
}
