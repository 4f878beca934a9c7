import { instanceToPlain, plainToInstance, Transform, type TransformFnParams } from 'class-transformer';
import { transformCall } from '../../../src/validation/transformer/transformer-metadata.js';

const calls: Pick<TransformFnParams, 'type' | 'options'>[] = [];

class Probe {
  @Transform(({ type, options }) => void calls.push({ type, options })) probe = true;
}

test('a @Transform is told what class-transformer tells it', () => {
  plainToInstance(Probe, { probe: true });
  instanceToPlain(new Probe());
  expect(calls).toStrictEqual([transformCall('input'), transformCall('output')]);
});
