import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** The lines by which Git marks a conflict. */
const MARK = /^(?:<{7}|>{7}|\|{7})(?: |$)/m;

test('no file has the marks of a conflict', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  expect(files).toContain('README.md');
  const texts = files.filter((file) => /\.(?:[cm]?[jt]s|json|md|ya?ml|svg|vue|css|html)$/.test(file));
  expect(texts.filter((file) => MARK.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

test.each(['<<<<<<< Updated upstream', '>>>>>>> Stashed changes', '||||||| 6f3eb80'])('%s is such a mark', (line) => {
  expect(MARK.test(`text\n${line}\ntext`)).toBe(true);
});
