/** Reads a value of several fields, such as `t=1795176000,v1=5257…` (Calendly) and `ts=1795176000;h1=eb4d…` (Paddle). */

/** The names of the fields. Others in the same value, such as `v0`, are ignored. */
export interface SignatureFields {
  readonly timestamp?: string | undefined;
  readonly signature: string;
}

export interface ReadFields {
  /** More than one when a proxy joined two headers: it is unknown which of the times was signed. */
  readonly timestamps: readonly string[];
  /** One for each active secret while the sender rotates them. */
  readonly signatures: readonly string[];
}

const maxFields = 20;

/** Senders separate with a comma or a semicolon, and neither is in a number, in hex or in base64. */
export function readFields(value: string, names: SignatureFields): ReadFields {
  const fields = value.split(/[,;]/, maxFields).map((field) => {
    const [name = '', ...rest] = field.split('=');
    return { name: name.trim(), value: rest.join('=').trim() };
  });
  const valuesOf = (wanted: string | undefined) =>
    fields.filter(({ name }) => name === wanted).map(({ value: text }) => text);
  return { timestamps: valuesOf(names.timestamp), signatures: valuesOf(names.signature) };
}

export const writeFields = (names: SignatureFields, timestamp: string, signature: string): string =>
  (names.timestamp === undefined ? '' : `${names.timestamp}=${timestamp},`) +
  `${names.signature}=${signature}`;
