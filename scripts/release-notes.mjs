// Prints the changelog of a release: `node scripts/release-notes.mjs v0.1.0`, in the root of the repository.
import { readFileSync } from 'node:fs';

const [tag] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
if (tag !== `v${version}`) {
  throw new Error(`The tag is ${tag}, but package.json has version ${version}: tag the commit that sets the version.`);
}

const sections = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m).slice(1);
const section = sections.find((text) => /^\S+/.exec(text)?.[0] === version);
if (!section) {
  throw new Error(`CHANGELOG.md has no heading "## ${version}": rename "## Unreleased".`);
}
const notes = section.slice(section.indexOf('\n')).trim();
if (notes === '') throw new Error(`CHANGELOG.md says nothing under "## ${version}".`);
console.log(notes);
