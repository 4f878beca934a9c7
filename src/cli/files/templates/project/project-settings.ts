/** What is in front of the function. */
export const FRONT_DOORS = {
  'http-api': 'an HTTP API of API Gateway',
  'rest-api': 'a REST API of API Gateway',
  'function-url': "the function's own URL",
} as const;

export type FrontDoor = keyof typeof FRONT_DOORS;

/** What a new project is made with. */
export interface ProjectSettings {
  /** As npm takes it. */
  readonly name: string;
  readonly frontDoor: FrontDoor;
  /** The version of lambent, or what else npm takes for one. */
  readonly lambent: string;
  /** The versions that lambent itself is tested with. */
  readonly versions: Readonly<Record<string, string>>;
}
