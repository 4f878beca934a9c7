import { createRequire } from 'node:module';
import { dirname } from 'node:path';

// The part of TypeScript's API that is used here. TypeScript 5 and 6 have it, TypeScript 7 doesn't.

interface Named {
  readonly name: string;
  readonly flags: number;
  readonly declarations?: readonly { getSourceFile(): { readonly fileName: string } }[];
}

interface Type {
  readonly symbol?: Named;
  readonly types?: readonly Type[];
}

interface Node {
  readonly name?: { readonly text?: string };
  readonly members?: readonly Node[];
  readonly statements?: readonly Node[];
}

interface Checker {
  getSignatureFromDeclaration(node: Node): object | undefined;
  getReturnTypeOfSignature(signature: object): Type;
  getTypeArguments(type: Type): readonly Type[];
  getPropertiesOfType(type: Type): readonly Named[];
  getTypeOfSymbolAtLocation(symbol: Named, node: Node): Type;
  typeToString(type: Type, node: Node, flags: number): string;
}

interface Program {
  getSourceFile(path: string): Node | undefined;
  getTypeChecker(): Checker;
}

interface TypeScript {
  readonly sys: { fileExists(path: string): boolean; readFile(path: string): string | undefined };
  readonly SymbolFlags: {
    readonly Class: number;
    readonly Enum: number;
    readonly TypeLiteral: number;
    readonly ObjectLiteral: number;
  };
  readonly TypeFormatFlags: { readonly NoTruncation: number; readonly UseAliasDefinedOutsideCurrentScope: number };
  findConfigFile(folder: string, exists: (path: string) => boolean): string | undefined;
  readConfigFile(path: string, read: (path: string) => string | undefined): { readonly config?: object };
  parseJsonConfigFileContent(
    config: object,
    host: object,
    folder: string,
  ): { readonly options: object; readonly fileNames: readonly string[] };
  createProgram(files: readonly string[], options: object, host: undefined, before: Program | undefined): Program;
}

/** The result type of a method, inferred from its code. */
export interface InferredResult {
  /** The type as TypeScript prints it. */
  readonly text: string;
  /** The files of the classes and enums in the type, by name. */
  readonly files: ReadonlyMap<string, string>;
}

/** Infers the result types of methods with the project's TypeScript. Infers nothing when that has no API. */
export class InferredResults {
  #typescript: TypeScript | null | undefined;
  #program: Program | undefined;

  of(file: string, className: string, method: string): InferredResult | undefined {
    try {
      return this.#of(file, className, method);
    } catch {
      // A problem with the API document must not fail the build.
      return undefined;
    }
  }

  #of(file: string, className: string, method: string): InferredResult | undefined {
    const typescript = (this.#typescript ??= loadTypeScript(file));
    if (!typescript) return undefined;
    const program = this.#programWith(typescript, file);
    const node = named(named(program.getSourceFile(file)?.statements, className)?.members, method);
    const checker = program.getTypeChecker();
    const signature = node && checker.getSignatureFromDeclaration(node);
    if (!signature) return undefined;
    const type = checker.getReturnTypeOfSignature(signature);
    const { NoTruncation, UseAliasDefinedOutsideCurrentScope } = typescript.TypeFormatFlags;
    const files = new Map<string, string>();
    new ClassFiles(typescript, checker, node).collect(type, files, 0);
    return { text: checker.typeToString(type, node, NoTruncation | UseAliasDefinedOutsideCurrentScope), files };
  }

  /** Usually creates one program for a build, because creating it takes longer than everything else. */
  #programWith(typescript: TypeScript, file: string): Program {
    if (this.#program?.getSourceFile(file)) return this.#program;
    const path = typescript.findConfigFile(dirname(file), (one) => typescript.sys.fileExists(one));
    const { config = {} } =
      path === undefined ? {} : typescript.readConfigFile(path, (one) => typescript.sys.readFile(one));
    const { options, fileNames } = typescript.parseJsonConfigFileContent(config, typescript.sys, dirname(path ?? file));
    return (this.#program = typescript.createProgram(
      [...new Set([...fileNames, file])],
      { ...options, noEmit: true },
      undefined,
      this.#program,
    ));
  }
}

function loadTypeScript(file: string): TypeScript | null {
  try {
    const found = createRequire(file)('typescript') as Partial<TypeScript>;
    return typeof found.createProgram === 'function' && found.sys ? (found as TypeScript) : null;
  } catch {
    return null;
  }
}

function named(nodes: readonly Node[] | undefined, name: string): Node | undefined {
  return nodes?.find((node) => node.name?.text === name);
}

/** The depth to which classes are looked for inside types. */
const MAX_DEPTH = 6;

/** Collects the files of the classes and enums in a type. */
class ClassFiles {
  constructor(
    private readonly typescript: TypeScript,
    private readonly checker: Checker,
    private readonly at: Node,
  ) {}

  collect(type: Type, files: Map<string, string>, depth: number): void {
    if (depth > MAX_DEPTH) return;
    const { symbol, types = [] } = type;
    const { Class, Enum, TypeLiteral, ObjectLiteral } = this.typescript.SymbolFlags;
    const file = symbol?.declarations?.[0]?.getSourceFile().fileName;
    if (symbol && file !== undefined && symbol.flags & (Class | Enum)) files.set(symbol.name, file);
    const isLiteral = symbol !== undefined && (symbol.flags & (TypeLiteral | ObjectLiteral)) !== 0;
    const members = isLiteral
      ? this.checker.getPropertiesOfType(type).map((member) => this.checker.getTypeOfSymbolAtLocation(member, this.at))
      : [];
    for (const inner of [...types, ...this.#arguments(type), ...members]) this.collect(inner, files, depth + 1);
  }

  #arguments(type: Type): readonly Type[] {
    return 'target' in type ? this.checker.getTypeArguments(type) : [];
  }
}
