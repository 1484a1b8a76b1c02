import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentDisposition, safeFileName } from './fileNames.ts';

test.each([
  ['holiday.jpg', 'holiday.jpg'],
  ['../../../etc/passwd', 'passwd'],
  ['C:\\Windows\\system32\\cmd.exe', 'cmd.exe'],
  ['..', 'file'],
  ['', 'file'],
  ['.htaccess', 'htaccess'],
  ['invoice\u202egpj.exe', 'invoicegpj.exe'],
  ['a\r\nSet-Cookie: x=1.txt', 'aSet-Cookie_ x=1.txt'],
  ['what?<now>|"*.txt', 'what__now____.txt'],
  ['name.   ', 'name'],
  ['Übergrößenträger 日本.pdf', 'Übergrößenträger 日本.pdf'],
])('%j is saved as %j', (sent, saved) => {
  expect(safeFileName(sent)).toBe(saved);
});

test('a name that is too long keeps its ending', () => {
  expect(safeFileName(`${'😀'.repeat(400)}.tar`)).toBe(`${'😀'.repeat(196)}.tar`);
});

test('whatever is sent, nothing in the header can break out of it, and no path is left', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff), { maxLength: 400 }), (units) => {
      const sent = String.fromCharCode(...units);
      const name = safeFileName(sent);
      expect(name).not.toMatch(/[/\\\p{Cc}\u202a-\u202e]/u);
      expect([...name].length).toBeLessThanOrEqual(200);
      expect(safeFileName(name)).toBe(name);
      const header = contentDisposition('attachment', name);
      expect(header).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w%!#$&+.^`|~-]*$/);
      expect(decodeURIComponent(header.slice(header.indexOf("''") + 2))).toBe(name);
    }),
  );
});
