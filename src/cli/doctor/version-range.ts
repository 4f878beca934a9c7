type Version = readonly [major: number, minor: number, patch: number];

/**
 * Whether a version is in a range of npm's: `^1.2.3`, `~1.2.3`, `>=1.2.3`, `>1`, `<2`, `1.2.3`, several of them
 * separated by spaces, and alternatives separated by `||`. Prereleases count as their version.
 */
export function satisfies(version: string, range: string): boolean {
  const given = versionOf(version);
  return range.split('||').some((part) =>
    part
      .trim()
      .split(/\s+/)
      .every((comparator) => fits(given, comparator)),
  );
}

function fits(version: Version, comparator: string): boolean {
  const [, operator = '', text = ''] = /^(\^|~|>=|<=|>|<|=)?(.*)$/.exec(comparator)!;
  if (text === '' || text === '*') return true;
  const bound = versionOf(text);
  const order = compare(version, bound);
  if (operator === '^') return order >= 0 && compare(version, nextBreaking(bound)) < 0;
  if (operator === '~') return order >= 0 && compare(version, [bound[0], bound[1] + 1, 0]) < 0;
  if (operator === '>=') return order >= 0;
  if (operator === '<=') return order <= 0;
  if (operator === '>') return order > 0;
  if (operator === '<') return order < 0;
  return order === 0;
}

/** The first version that may break what worked with this one: the leftmost number that is not 0 counts. */
function nextBreaking([major, minor, patch]: Version): Version {
  if (major > 0) return [major + 1, 0, 0];
  return minor > 0 ? [0, minor + 1, 0] : [0, 0, patch + 1];
}

function versionOf(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = text
    .split(/[-+]/, 1)[0]!
    .split('.')
    .map((part) => Number(part) || 0);
  return [major, minor, patch];
}

function compare(one: Version, other: Version): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}
