import { type CheckedProject, type Finding, withoutComments } from './checked-project.js';

/** The oldest Node that Lambent runs on. */
const OLDEST = 20;
/** The oldest runtime of Lambda that AWS has not deprecated. */
const OLDEST_SUPPORTED = 22;

const TEMPLATES = ['template.yaml', 'template.yml', 'serverless.yml', 'serverless.yaml'];

/** Checks the versions of Node: the running one, the declared one and those of the functions. */
export function checkVersions(project: CheckedProject): readonly Finding[] {
  const running = Number(process.versions.node.split('.', 1)[0]);
  const declared = declaredNode(project);
  const runtimes = runtimesOf(project);
  return [
    ...(running < OLDEST
      ? [tooOld(`Node ${process.versions.node} is running`, `Install Node ${OLDEST_SUPPORTED}`)]
      : []),
    ...(declared && declared.major < OLDEST
      ? [tooOld(`${declared.path} asks for Node ${declared.major}`, `Write ${OLDEST_SUPPORTED} there`)]
      : []),
    ...runtimes.flatMap(runtimeFindings),
    ...(declared ? runtimes.flatMap((runtime) => differenceFindings(declared, runtime)) : []),
  ];
}

interface NodeVersion {
  readonly path: string;
  readonly major: number;
}

function tooOld(what: string, change: string): Finding {
  return { level: 'error', what: `${what}.`, why: `Lambent needs Node ${OLDEST}.`, change: `${change}.` };
}

function declaredNode(project: CheckedProject): NodeVersion | undefined {
  const file = project.firstOf(['.nvmrc', '.node-version']);
  const major = Number(/^v?(\d+)/.exec(file?.text.trim() ?? '')?.[1]);
  return file && major > 0 ? { path: file.path, major } : undefined;
}

function runtimesOf(project: CheckedProject): NodeVersion[] {
  return TEMPLATES.flatMap((path) => {
    const text = withoutComments(project.read(path) ?? '');
    const found = text.matchAll(/\bruntime: *["']?nodejs(\d+)\.x/gi);
    const majors = new Set(Array.from(found, ([, major]) => Number(major)));
    return [...majors].map((major) => ({ path, major }));
  });
}

function runtimeFindings({ path, major }: NodeVersion): Finding[] {
  if (major >= OLDEST_SUPPORTED) return [];
  return [
    {
      level: major < OLDEST ? 'error' : 'warning',
      what: `${path} has the runtime nodejs${major}.x.`,
      why: major < OLDEST ? `Lambent needs Node ${OLDEST}.` : 'AWS has deprecated this runtime.',
      change: `Write "nodejs${OLDEST_SUPPORTED}.x" or later in ${path}.`,
    },
  ];
}

function differenceFindings(declared: NodeVersion, runtime: NodeVersion): Finding[] {
  if (declared.major === runtime.major) return [];
  return [
    {
      level: 'warning',
      what: `${declared.path} has Node ${declared.major}, and ${runtime.path} nodejs${runtime.major}.x.`,
      why: 'What you test is not what runs on Lambda.',
      change: `Write ${runtime.major} in ${declared.path}, or "nodejs${declared.major}.x" in ${runtime.path}.`,
    },
  ];
}
