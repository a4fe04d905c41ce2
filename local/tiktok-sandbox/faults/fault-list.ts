/** The faults that are on, in the order they were asked for, each with how often it still hits. */
import type { Fault, FaultOf } from './faults.ts';

/** What a fault is matched against. */
interface Target {
  readonly on: Fault['on'];
  readonly pixel?: string | undefined;
  readonly token?: string | undefined;
  readonly eventIds: readonly string[];
}

export interface FaultList {
  add(faults: readonly Fault[]): void;
  list(): readonly Fault[];
  clear(): void;
  /** How long the `slow` faults hold the request up, and the first other fault that hits it. */
  take(target: Target): { delayMs: number; fault?: Exclude<Fault, FaultOf<'slow'>> };
}

export function createFaultList(): FaultList {
  let faults: Fault[] = [];

  function spend(fault: Fault): void {
    if (fault.times === undefined) return;
    fault.times -= 1;
    if (fault.times === 0) faults = faults.filter((other) => other !== fault);
  }

  function add(fault: Fault): void {
    if (fault.kind !== 'restore_token') faults.push({ ...fault });
    else {
      const isRestored = (other: Fault) =>
        other.kind === 'revoke_token' && (fault.token === undefined || fault.token === other.token);
      faults = faults.filter((other) => !isRestored(other));
    }
  }

  return {
    add: (added) => {
      for (const fault of added) add(fault);
    },
    list: () => faults,
    clear: () => {
      faults = [];
    },
    take: (target) => {
      let delayMs = 0;
      for (const fault of [...faults]) {
        if (!hits(fault, target)) continue;
        spend(fault);
        if (fault.kind !== 'slow') return { delayMs, fault };
        delayMs += fault.ms;
      }
      return { delayMs };
    },
  };
}

function hits(fault: Fault, target: Target): boolean {
  if (fault.on !== target.on) return false;
  if (fault.pixel !== undefined && fault.pixel !== target.pixel) return false;
  if (fault.kind === 'poison') return target.eventIds.some((id) => id.includes(fault.match));
  if (fault.kind === 'revoke_token') return fault.token === undefined || fault.token === target.token;
  return true;
}
