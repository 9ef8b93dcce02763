/** All that RFC 5987 does not let stand as it is, beyond what `encodeURIComponent` writes in percents already. */
const ALSO_ENCODED = /['()*]/g;

const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/** The value of `Content-Disposition` that saves a file under its own name, whatever that is, and never shows it. */
export const attachment = (name: string): string => {
  const plain = name.replace(/[^\w .-]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(ALSO_ENCODED, percent);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
};
