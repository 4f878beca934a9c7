import { plainToInstance, Transform, type TransformFnParams } from 'class-transformer';

type Call = Pick<TransformFnParams, 'type' | 'options'>;

let call: Call | undefined;

/** What class-transformer tells a `@Transform` beside the value: it is asked once. */
export function transformCall(): Call {
  if (!call) {
    class Probe {
      declare probe: unknown;
    }
    Transform(({ type, options }) => void (call = { type, options }))(Probe.prototype, 'probe');
    plainToInstance(Probe, { probe: true });
  }
  return call!;
}
