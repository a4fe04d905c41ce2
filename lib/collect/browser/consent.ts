/** What the visitor allows. Nothing is read, kept or sent before the grant. */

/** The latest call of the page. A revocation drops the events that follow it; a hold keeps them for the grant. */
export let consent = settings.consent === 'require' ? 'holdConsent' : 'grantConsent';

export function setConsent(call: string): void {
  consent = call;
}
