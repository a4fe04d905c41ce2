/**
 * Chromium says `en-US@posix` where the environment is `LANG=C`, which no formatter takes; uPlot gives it to one when it
 * loads, and nothing would be shown. Import this file before uPlot.
 */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
}
