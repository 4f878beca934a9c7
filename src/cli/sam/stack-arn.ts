import { arnIn } from '../../deployment/arn.js';

const STACK = { partition: '${AWS::Partition}', region: '${AWS::Region}', account: '${AWS::AccountId}' };

/** Returns an ARN for a template, with the partition, region and account of its stack. */
export function stackArn(arn: string): object {
  return { 'Fn::Sub': arnIn(STACK, arn) };
}
