import type { Files } from '../../changes.js';

/** The package manager of a project, as `lambent new --package-manager` names it. */
export type PackageManager = keyof typeof PACKAGE_MANAGERS;

interface PackageManagerCommands {
  /** A few words for the list of choices. */
  readonly about: string;
  readonly install: string;
  /** Installs exactly what the lock file says, for CI. */
  readonly installLocked: string;
  /** Runs a script of package.json. */
  readonly run: string;
  /** The text between a script and its flags. */
  readonly beforeFlags: string;
  /** Runs a program of a package. */
  readonly exec: string;
  /** The files that a project needs for it. */
  readonly files: Files;
  /** The step of GitHub Actions that installs it, if the runner lacks it. */
  readonly setup: string;
}

export const PACKAGE_MANAGERS = {
  npm: {
    about: 'comes with Node.js',
    install: 'npm install --no-audit --no-fund',
    installLocked: 'npm ci',
    run: 'npm run',
    beforeFlags: ' --',
    exec: 'npx',
    files: {},
    setup: '',
  },
  pnpm: {
    about: 'shares packages between projects',
    install: 'pnpm install',
    installLocked: 'pnpm install --frozen-lockfile',
    run: 'pnpm run',
    beforeFlags: '',
    exec: 'pnpm exec',
    files: {
      'pnpm-workspace.yaml': `# These packages contain binaries for every platform: their install scripts need not run.
allowBuilds:
  '@parcel/watcher': false
  '@swc/core': false
  unrs-resolver: false
`,
    },
    setup: '      - uses: pnpm/action-setup@v4\n        with:\n          version: 12\n',
  },
} as const satisfies Readonly<Record<string, PackageManagerCommands>>;
