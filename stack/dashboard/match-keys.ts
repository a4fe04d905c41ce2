/** The match keys that the dashboard draws, in the order of its legend. */
import type { MatchKey } from '../../lib/events/match-keys.ts';

/** A new match key does not compile until it has a line here. */
const drawn: Readonly<Record<MatchKey, true>> = {
  email: true,
  hashed_email: true,
  phone: true,
  hashed_phone: true,
  external_id: true,
  hashed_external_id: true,
  ttclid: true,
  ttp: true,
  idfa: true,
  gaid: true,
  ip_user_agent: true,
  lead_id: true,
};

export const matchKeys = Object.keys(drawn) as readonly MatchKey[];
