/** What class-validator passes to validators and message functions. */
export interface RuleArguments {
  value: unknown;
  constraints: unknown[];
  targetName: string;
  object: object;
  property: string;
}
