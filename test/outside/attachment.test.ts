import { expect, test } from 'vitest';
import { attachment } from '../../shared/outside/attachment.ts';

test.each([
  ['notes.txt', 'notes.txt', 'notes.txt'],
  ['a "b"; c.txt', 'a _b__ c.txt', 'a%20%22b%22%3B%20c.txt'],
  ['line\r\nbreak.txt', 'line__break.txt', 'line%0D%0Abreak.txt'],
  ["it's (1)*.pdf", 'it_s _1__.pdf', 'it%27s%20%281%29%2A.pdf'],
  ['世界.md', '__.md', '%E4%B8%96%E7%95%8C.md'],
  ['half \ud800.md', 'half _.md', 'half%20%EF%BF%BD.md'],
])('%j is saved under its own name', (name, plain, encoded) => {
  expect(attachment(name)).toBe(`attachment; filename="${plain}"; filename*=UTF-8''${encoded}`);
});
