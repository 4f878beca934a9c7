import { instanceToPlain, plainToInstance, Transform, type TransformFnParams } from 'class-transformer';

type Call = Pick<TransformFnParams, 'type' | 'options'>;

const RUNS = {
  building: (Probe: new () => object) => plainToInstance(Probe, { probe: true }),
  writing: (Probe: new () => object) => instanceToPlain(Object.assign(new Probe(), { probe: true })),
};

const calls: { [K in keyof typeof RUNS]?: Call } = {};

/** What class-transformer tells a `@Transform` beside the value when an instance is built, or written: it is asked once. */
export function transformCall(direction: keyof typeof RUNS): Call {
  return (calls[direction] ??= askedFor(direction));
}

function askedFor(direction: keyof typeof RUNS): Call {
  let call: Call | undefined;
  class Probe {
    declare probe: unknown;
  }
  Transform(({ type, options }) => void (call = { type, options }))(Probe.prototype, 'probe');
  RUNS[direction](Probe);
  return call!;
}
