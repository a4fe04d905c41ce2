/** A request that the local sandbox received in TikTok's place, as `/_sandbox/requests` lists it. */
export interface TikTokRequest {
  /** ISO 8601. */
  readonly at: string;
  /** HTTP status; null when the sandbox sent no answer. */
  readonly status: number | null;
  /** TikTok's code; null when the answer contains none. */
  readonly code: number | null;
  readonly message: string;
  readonly events: number;
  readonly duplicates: number;
  readonly bytes: number;
  readonly fault?: string;
  readonly body: unknown;
}

/** `0`, `HTTP 503`, `no answer`. */
export const verdictOf = ({ code, status }: TikTokRequest): string => {
  if (code !== null) return String(code);
  return status === null ? 'no answer' : `HTTP ${status}`;
};

/** TikTok's 20001 accepts a part. */
export const isTaken = ({ code }: TikTokRequest): boolean => code === 0 || code === 20001;
