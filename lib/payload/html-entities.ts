/** Decodes the HTML that WordPress leaves in names: `Ship Your Idea &ndash; Black` becomes `Ship Your Idea – Black`. */

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  bull: '•',
  trade: '™',
  euro: '€',
  prime: '′',
  Prime: '″',
  oelig: 'œ',
  OElig: 'Œ',
  scaron: 'š',
  Scaron: 'Š',
  minus: '−',
};

/** The names of U+00A1 to U+00FF in order (HTML 4, Latin-1). */
const latin1 = (
  'iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para ' +
  'middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave ' +
  'Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute ' +
  'Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave ' +
  'iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
).split(' ');

const entity = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,7}));/g;
const tag = /<\/?[A-Za-z][^<>]*>/g;

/** Removes tags and decodes entities once; unknown entities stay. */
export function decodeHtml(text: string): string {
  return text.replaceAll(tag, '').replaceAll(entity, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return fromName(name) ?? whole;
    const point = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

function fromName(name: string): string | undefined {
  if (Object.hasOwn(named, name)) return named[name];
  const index = latin1.indexOf(name);
  return index === -1 ? undefined : String.fromCodePoint(0xa1 + index);
}
