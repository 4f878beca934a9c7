/** Texts by the path of their file. */
export type Files = Readonly<Record<string, string>>;
