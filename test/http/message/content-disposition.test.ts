import fc from 'fast-check';
import { contentDisposition } from '../../../src/http/message/content-disposition.js';

describe('a content disposition', () => {
  it.each([
    ['report.pdf', 'attachment; filename="report.pdf"'],
    ['a "quoted" name.txt', 'attachment; filename="a \\"quoted\\" name.txt"'],
    ['../../etc/passwd', 'attachment; filename="passwd"'],
    ['C:\\temp\\x.txt', 'attachment; filename="x.txt"'],
    ['Übersicht €.csv', 'attachment; filename="_bersicht _.csv"; filename*=UTF-8\'\'%C3%9Cbersicht%20%E2%82%AC.csv'],
    ["50%25 (it's).txt", "attachment; filename=\"50_25 (it's).txt\"; filename*=UTF-8''50%2525%20%28it%27s%29.txt"],
    ['a\r\nset-cookie: x', 'attachment; filename="aset-cookie: x"'],
    ['\ud800.txt', 'attachment; filename="_.txt"; filename*=UTF-8\'\'%EF%BF%BD.txt'],
    ['..', 'attachment'],
    ['', 'attachment'],
  ])('names %j as %s', (name, header) => {
    expect(contentDisposition('attachment', name)).toBe(header);
  });

  it('can be inline', () => {
    expect(contentDisposition('inline', 'a.pdf')).toBe('inline; filename="a.pdf"');
  });

  it('is printable ASCII whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) =>
        /^[\x20-\x7e]*$/.test(contentDisposition('attachment', name)),
      ),
    );
  });
});
