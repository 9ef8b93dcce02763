/** HTML that is safe to show: only `html` and `verbatim` make it. */
export interface Html {
  readonly html: string;
}

type Value = Html | Html[] | string | number;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  text.toWellFormed().replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const shown = (value: Value): string => {
  if (Array.isArray(value)) return value.map((part) => part.html).join('');
  return typeof value === 'object' ? value.html : escaped(String(value));
};

/** A template whose values are escaped, unless they are HTML themselves. Attributes must be quoted. */
export const html = (parts: TemplateStringsArray, ...values: Value[]): Html => ({
  html: parts.reduce((text, part, place) => text + shown(values[place - 1] ?? '') + part),
});

/** Text of our own that is HTML already, such as a style sheet. Never what anybody sent. */
export const verbatim = (text: string): Html => ({ html: text });
