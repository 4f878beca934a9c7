/**
 * Cookies can't be joined into one header, and a map of single values has one place a name. Names are
 * case-insensitive, though: each further cookie gets another spelling, `Set-cookie`, `sEt-cookie`, …
 */
export function cookieHeaders(cookies: readonly string[]): Record<string, string> {
  return Object.fromEntries(cookies.map((line, index) => [spelling('set-cookie', index), line]));
}

/** The name with those letters in capitals that the bits of `index` tell: 512 spellings for `set-cookie`. */
function spelling(name: string, index: number): string {
  let bits = index;
  return name.replace(/[a-z]/g, (letter) => {
    const capital = bits % 2 === 1;
    bits = Math.floor(bits / 2);
    return capital ? letter.toUpperCase() : letter;
  });
}
