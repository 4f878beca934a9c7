import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CommandContext } from '../../src/cli/framework/command.js';
import type { Choices, Prompts } from '../../src/cli/framework/prompts.js';
import { run } from '../../src/cli/run.js';
import { repository } from '../package/manifest.js';

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly printed: string;
  readonly complained: string;
}

/** A folder, with files, to call commands in. */
export class Workshop {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'lambent-cli-')));

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** Everything in the folder, but for what is installed. */
  files(): Readonly<Record<string, string>> {
    const paths = readdirSync(this.folder, { recursive: true, encoding: 'utf8' }).filter(
      (path) => !path.includes('node_modules'),
    );
    return Object.fromEntries(
      paths
        .filter((path) => statSync(join(this.folder, path)).isFile())
        .toSorted()
        .map((path) => [path, this.read(path)]),
    );
  }

  /** @param more.answers what is said to questions, in turn; without it there is nobody to answer. */
  async call(
    commandLine: string,
    { cwd = '.', answers }: { cwd?: string; answers?: readonly string[] } = {},
  ): Promise<Outcome> {
    const [printed, complained, left]: string[][] = [[], [], [...(answers ?? [])]];
    const context: CommandContext = {
      cwd: join(this.folder, cwd),
      program: join(repository, 'src/cli/main.ts'),
      terminal: { log: (line: string) => printed!.push(line), error: (line: string) => complained!.push(line) },
      ...(answers && { prompts: promptsOf(left!, complained!) }),
    };
    const exitCode = await run(commandLine.split(' ').filter(Boolean), context);
    return { exitCode, printed: printed!.join('\n'), complained: complained!.join('\n') };
  }
}

/** Answers in turn, where an empty one is the default; what is wrong with one is complained about. */
function promptsOf(answers: string[], complained: string[]): Prompts {
  return {
    async text(question, read) {
      try {
        return read(answers.shift() ?? '');
      } catch (error) {
        complained.push((error as Error).message);
        return this.text(question, read);
      }
    },
    async choose<T extends string>(_question: string, choices: Choices<T>) {
      return (answers.shift() || Object.keys(choices)[0]) as T;
    },
  };
}

/** The least that `generate` needs. */
export const PROJECT = {
  'package.json': '{ "name": "shop", "type": "module" }\n',
  'src/app.module.ts': "import { Module } from 'lambent';\n\n@Module({})\nexport class AppModule {}\n",
};
