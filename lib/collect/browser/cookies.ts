/** The cookies of the shop's domain. The server sets them; the page deletes them. */

/** Deletes both cookies on every domain that this page may write: the stage's cookie domain is one of them. */
export function deleteCookies(): void {
  const labels = location.hostname.split('.');
  // The last round has an empty domain, for a cookie of this host alone.
  do {
    for (const name of ['_ttp', '_tte']) {
      // biome-ignore lint/suspicious/noDocumentCookie: browsers of 2019 have no other way.
      document.cookie = `${name}=;path=/;max-age=0;domain=${labels.join('.')}`;
    }
  } while (labels.shift());
}
