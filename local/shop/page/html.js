/** Text becomes HTML here only: every value in an `html` template is escaped, unless it is `html` itself. */

class Html extends String {}

export const raw = (text) => new Html(text);

export const html = (texts, ...values) =>
  raw(texts.map((text, index) => text + shown(values[index])).join(''));

function shown(value) {
  if (value === undefined || value === null || value === false) return '';
  if (value instanceof Html) return String(value);
  if (Array.isArray(value)) return value.map(shown).join('');
  return String(value).replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export const money = (value) =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(value);
