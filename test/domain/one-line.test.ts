import { describe, expect, it } from 'vitest';
import { cut, oneLine } from '../../shared/domain/one-line.ts';

describe('oneLine', () => {
  it.each([
    ['line breaks', 'a\r\nBcc: x@example.com', 'a Bcc: x@example.com'],
    ['separators of lines and paragraphs', 'a\u2028b\u2029c', 'a b c'],
    ['NUL, tab and escape', 'a\0b\tc\u001bd', 'a b c d'],
    ['marks that turn the direction', 'invoice\u202egpj.exe \u2066x\u2069', 'invoicegpj.exe x'],
    ['zero-width marks', 'a\u200bb\ufeffc', 'abc'],
    ['lone surrogates', 'a\udfffb', 'a\ufffdb'],
    ['blanks around and between', '  a   b ', 'a b'],
  ])('takes out %s', (_, text, line) => expect(oneLine(text)).toBe(line));

  it('leaves other scripts and emoji as they are', () => {
    expect(oneLine('Ошибка 支払い 👩‍🚒')).toBe('Ошибка 支払い 👩‍🚒');
  });
});

describe('cut', () => {
  it.each([
    ['exactly as long', 'abcd', 'abcd'],
    ['longer', 'abcde', 'abc…'],
    ['longer, at a blank', 'ab cdef', 'ab…'],
    ['of characters that take two units', '😀😀😀😀😀', '😀😀😀…'],
  ])('leaves 4 characters of a text that is %s', (_, text, short) => expect(cut(text, 4)).toBe(short));
});
