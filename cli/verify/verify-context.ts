/** The shared context of the steps of `verify`. */
import type { DoctorContext } from '../doctor/context.ts';

export interface VerifyContext extends DoctorContext {
  readonly destination: string;
  /** From the Test Events page; without one no event is sent to a deployed stage. */
  readonly testEventCode: string | undefined;
  /** How long the event is followed, in milliseconds. */
  readonly waitMs: number;
}
