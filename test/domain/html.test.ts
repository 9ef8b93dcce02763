import { expect, it } from 'vitest';
import { html, verbatim } from '../../shared/domain/html.ts';

it('escapes whatever is put in, in text and in attributes', () => {
  const value = `<script>"x" & 'y'</script>`;
  const escaped = '&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/script&gt;';
  expect(html`<a title="${value}">${value}</a>`.html).toBe(`<a title="${escaped}">${escaped}</a>`);
});

it('keeps HTML as it is, alone and in lists', () => {
  const item = (text: string) => html`<li>${text}</li>`;
  expect(html`<ol>${[item('1 < 2'), item('b')]}</ol>${verbatim('<hr>')}`.html).toBe(
    '<ol><li>1 &lt; 2</li><li>b</li></ol><hr>',
  );
});

it('replaces lone surrogates and shows numbers', () => {
  expect(html`${'a\ud800b'}${7}`.html).toBe('a\ufffdb7');
});
