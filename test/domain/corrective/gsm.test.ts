import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutToSeptets, parts, septets, toGsm } from '../../../shared/domain/channels/gsm.ts';

const ALPHABET =
  /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;

describe('toGsm', () => {
  it.each([
    ['Checkout is down 🔥🔥', 'Checkout is down'],
    ['“slow” – that’s 5 s…', '"slow" - that\'s 5 s...'],
    ['Größe, façade, Łódź', 'Größe, facade, Lodz'],
    ['Ошибка оплаты', '? ?'],
    ['p99 ≥ 2 s → 503', 'p99 >= 2 s -> 503'],
    ['ｆｕｌｌ ﬁne', 'full fine'],
    ['e\u0301te\u0301', 'été'],
    ['👩‍🚒 1️⃣ 🇸🇪 ok', '1 ok'],
    ['C:\\logs [a|b] 5 €', 'C:\\logs [a|b] 5 €'],
  ])('writes %j as %j', (text, plain) => expect(toGsm(text)).toBe(plain));

  it('never leaves a character outside the alphabet', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => ALPHABET.test(toGsm(text))));
  });
});

it.each([
  ['a'.repeat(160), 160, 1],
  ['a'.repeat(161), 161, 2],
  ['[€]', 6, 1],
  ['€'.repeat(81), 162, 2],
  ['a'.repeat(306), 306, 2],
  ['a'.repeat(307), 307, 3],
])('counts the places and parts of %s', (text, taken, messages) => {
  expect([septets(text), parts(text)]).toEqual([taken, messages]);
});

it('cuts to no more places than there are, and says so with two dots', () => {
  expect(cutToSeptets('abcdef', 6)).toBe('abcdef');
  expect(cutToSeptets('abcdefg', 6)).toBe('abcd..');
  expect(cutToSeptets('€€€€', 6)).toBe('€€..');
  expect(cutToSeptets('abc defg', 6)).toBe('abc..');
});
