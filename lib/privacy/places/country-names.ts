/** Names of countries in English, in their own languages and in the languages of large markets. */
import { lazyPattern } from '../../schema/lazy/lazy-pattern.ts';
import { alpha2Codes } from './country-codes.ts';

/** Names that Intl.DisplayNames does not give: official and usual ones, former ones, abbreviations, parts of a country. */
const otherNames: Readonly<Record<string, string>> = {
  AE: 'UAE|Emirates|VAE|EAU',
  AL: 'Shqipëria',
  AT: 'Oesterreich|Republik Österreich',
  BA: 'Bosnia',
  BN: 'Brunei Darussalam',
  BO: 'Plurinational State of Bolivia',
  CD: 'DRC|DR Congo|Democratic Republic of the Congo|Zaire',
  CF: 'CAR',
  CG: 'Congo|Republic of the Congo',
  CI: 'Ivory Coast|Republic of Cote d Ivoire',
  CN: "PRC|PR China|People's Republic of China|Mainland China|中华人民共和国|中國",
  CV: 'Cape Verde|Republic of Cabo Verde',
  CZ: 'Czech Republic|Česká republika|Tschechische Republik|República Checa|République tchèque',
  DE: 'Federal Republic of Germany|Bundesrepublik Deutschland|BRD',
  ES: 'Kingdom of Spain|Reino de España',
  FK: 'Falkland Islands Malvinas|Falklands',
  FM: 'Federated States of Micronesia',
  FR: 'French Republic|République française',
  GB: 'United Kingdom of Great Britain and Northern Ireland|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|Großbritannien|Gran Bretaña|Grande Bretagne|Inglaterra|Angleterre',
  GR: 'Hellas|Hellenic Republic|Greece Hellas',
  HK: 'Hong Kong|Hong Kong SAR|Hongkong|香港',
  HM: 'Heard and McDonald Islands',
  IE: 'Republic of Ireland|Eire',
  IN: 'Bharat|Republic of India',
  IR: 'Islamic Republic of Iran|Persia',
  IT: 'Italian Republic|Repubblica Italiana',
  JP: 'Nippon|Nihon|日本国',
  KG: 'Kyrgyz Republic',
  KN: 'Saint Kitts|St Kitts',
  KP: "Democratic People's Republic of Korea|DPRK",
  KR: 'Korea|Republic of Korea|ROK|한국',
  LA: "Lao People's Democratic Republic|Lao PDR|Lao",
  LY: 'Libyan Arab Jamahiriya',
  MD: 'Republic of Moldova',
  ME: 'Crna Gora',
  MF: 'Saint Martin French part',
  MK: 'Macedonia|FYROM|Former Yugoslav Republic of Macedonia|Republic of North Macedonia',
  MM: 'Myanmar|Burma|Birma',
  MO: 'Macau|Macao|Macao SAR|澳门|澳門',
  NL: 'Holland|Kingdom of the Netherlands|Países Bajos Holanda|Holanda|Olanda|Hollande',
  PH: 'Republic of the Philippines|Pilipinas',
  PL: 'Republic of Poland',
  PS: 'Palestine|State of Palestine|Palestinian Territory Occupied|Palestinian Territory',
  PT: 'Portuguese Republic',
  RE: 'Reunion Island',
  RS: 'Srbija|Republic of Serbia',
  RU: 'Russian Federation|Российская Федерация|РФ',
  SA: 'KSA|Kingdom of Saudi Arabia|السعودية',
  SH: 'Saint Helena Ascension and Tristan da Cunha',
  SK: 'Slovak Republic|Slovenská republika',
  SX: 'Sint Maarten Dutch part|Saint Martin Dutch part',
  SY: 'Syrian Arab Republic',
  SZ: 'Swaziland',
  TH: 'ประเทศไทย|Kingdom of Thailand',
  TL: 'East Timor',
  TR: 'Turkey|Republic of Türkiye|Republic of Turkey|Türkei',
  TW: 'Taiwan Province of China|Republic of China|Chinese Taipei|台灣|臺灣',
  TZ: 'United Republic of Tanzania',
  US: 'United States of America|America|US of A|Unites States|EEUU|EE UU|EUA|Estados Unidos de América|Estados Unidos da América|Stati Uniti d America|Vereinigte Staaten von Amerika|États Unis d Amérique|美国|アメリカ',
  VA: 'Holy See|Vatican|Vatican City State|Holy See Vatican City State',
  VE: 'Bolivarian Republic of Venezuela',
  VG: 'British Virgin Islands|Virgin Islands British',
  VI: 'US Virgin Islands|Virgin Islands US|United States Virgin Islands',
  VN: 'Viet Nam|Socialist Republic of Viet Nam',
  ZA: 'RSA|Republic of South Africa',
};

/** Languages in which shops and their customers write the names of all countries. */
const sharedLanguages = 'de fr es it pt nl pl sv da tr ru zh ja ar'.split(' ');
/** Official languages besides the one that Unicode's likely subtags give. */
const furtherLanguages =
  'be:BY kk:KZ lb:LU ga:IE cy:GB ca:ES eu:ES gl:ES rm:CH hr:BA sq:MK he:IL zh-Hant:TW zh-Hant:HK ta:LK mi:NZ ps:AF';

/** Words that one spelling of a name has and another lacks. */
const fillWords = lazyPattern(String.raw`(?<![\p{L}\p{M}\d])(?:the|of|and|&)(?![\p{L}\p{M}\d])`, 'gu');

/**
 * Two keys under which a name is found: its letters, and its words in alphabetical order (`Korea, Republic of`).
 * Case, accents, punctuation and the words `the`, `of`, `and` do not count.
 */
export function keysOfName(name: string): readonly [letters: string, words: string] {
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replace(fillWords(), ' ');
  const words = plain
    .replace(/\b(?:st|ste)\b\.?/g, 'saint')
    .replace(/['’`.]/g, '')
    .split(/[^\p{L}\p{M}\d]+/u)
    .filter((word) => word !== '');
  return [words.join(''), words.toSorted().join(' ')];
}

type NameTable = Map<string, string>;

/** @returns alpha-2 codes by both keys of each English and each other usual name; building it takes some milliseconds */
export function buildEnglishNames(): ReadonlyMap<string, string> {
  const table: NameTable = new Map();
  for (const [code, names] of Object.entries(otherNames)) {
    for (const name of names.split('|')) addName(table, name, code);
  }
  addLanguage(table, 'en', alpha2Codes);
  return table;
}

/**
 * Loading the names of about 100 languages takes 50 to 200 ms, so build this table only for a name that is not English.
 * @returns alpha-2 codes by both keys of each name; of two countries with one name, the one whose own name it is counts
 */
export function buildForeignNames(): ReadonlyMap<string, string> {
  const table: NameTable = new Map();
  for (const [language, codes] of Map.groupBy(alpha2Codes, languageOf)) addLanguage(table, language, codes);
  for (const pair of furtherLanguages.split(' ')) addLanguage(table, pair.slice(0, -3), [pair.slice(-2)]);
  for (const language of sharedLanguages) addLanguage(table, language, alpha2Codes);
  return table;
}

const languageOf = (code: string): string => new Intl.Locale(`und-${code}`).maximize().language;

function addLanguage(table: NameTable, language: string, codes: Iterable<string>): void {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  for (const code of codes) {
    const name = names.of(code);
    if (name !== undefined) addName(table, name, code);
  }
}

function addName(table: NameTable, name: string, code: string): void {
  for (const key of keysOfName(name)) if (!table.has(key)) table.set(key, code);
}
