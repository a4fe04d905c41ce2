/** What became of an event after it was accepted, and how sure that is. */
export type Fate =
  | {
      readonly outcome: 'delivered';
      /**
       * `seen`: TikTok's sandbox has it. `inferred`: the queue has been empty for a while and no dead letter is the
       * event; a deployed stage keeps no record of single deliveries.
       */
      readonly certainty: 'seen' | 'inferred';
    }
  | { readonly outcome: 'parked'; readonly reason: string; readonly detail: string | undefined }
  /** Still waiting, or among too many others to tell. */
  | { readonly outcome: 'unknown'; readonly waiting: number };
