import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import type { Provider } from '../../src/shared/provider.js';
import type { Constructor } from '../../src/shared/types.js';
import { httpEvents } from '../../src/testing/http-events.js';
import type { InjectRequest } from '../../src/testing/inject.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import { Test } from '../../src/testing/testing-module-builder.js';

const open: TestingApplication[] = [];

afterAll(() => Promise.all(open.splice(0).map((app) => app.close())));

export interface ServeOptions extends ApplicationOptions {
  providers?: readonly Provider[];
}

/** An application of one controller, without an access log; closed when the file's tests are done. */
export async function serve(
  controller: Constructor,
  { providers = [], ...options }: ServeOptions = {},
): Promise<TestingApplication> {
  const module = Test.createTestingModule({ controllers: [controller], providers }, { accessLog: false, ...options });
  const app = await module.compile();
  open.push(app);
  return app;
}

/** Status and JSON body of an answer; no body is `undefined`. */
export async function answer(
  app: TestingApplication,
  request: InjectRequest,
): Promise<[status: number, body: unknown]> {
  const response = await app.inject(request);
  return [response.statusCode, response.payload === '' ? undefined : response.json()];
}

/** The message that the bootstrap of an application with this controller fails with. */
export async function bootstrapFailure(controller: Constructor, options: ServeOptions = {}): Promise<string> {
  const error: unknown = await serve(controller, options).then(
    () => new Error('The bootstrap succeeded'),
    (reason: unknown) => reason,
  );
  const { name, message } = error as Error;
  if (name !== 'BootstrapError') throw error;
  return message;
}

/** Every HTTP source that events can be built for. */
export const SOURCES = Object.keys(httpEvents) as (keyof typeof httpEvents)[];
