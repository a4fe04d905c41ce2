/** The active faults in the order they were added, each with its remaining number of uses. */
import type { Fault, FaultOf } from './faults.ts';

/** The parts of a request that a fault can match. */
interface Target {
  readonly on: Fault['on'];
  readonly pixel?: string | undefined;
  readonly token?: string | undefined;
  readonly eventIds: readonly string[];
  readonly bytes: number;
}

export interface FaultList {
  add(faults: readonly Fault[]): void;
  list(): readonly Fault[];
  clear(): void;
  /** Finds the delay of all matching `slow` faults and the first other fault that matches, and uses each once. */
  take(target: Target): { delayMs: number; fault?: Exclude<Fault, FaultOf<'slow' | 'stats'>> };
  /** Finds the faults of a pixel's statistics, which all apply together, and uses each once. */
  takeStats(pixel: string): readonly FaultOf<'stats'>[];
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
        if (fault.kind === 'stats' || !matches(fault, target)) continue;
        spend(fault);
        if (fault.kind !== 'slow') return { delayMs, fault };
        delayMs += fault.ms;
      }
      return { delayMs };
    },
    takeStats: (pixel) => {
      const found = faults
        .filter((fault) => fault.kind === 'stats')
        .filter((fault) => fault.pixel === undefined || fault.pixel === pixel);
      for (const fault of found) spend(fault);
      return found;
    },
  };
}

function matches(fault: Fault, target: Target): boolean {
  if (fault.on !== target.on) return false;
  if (fault.pixel !== undefined && fault.pixel !== target.pixel) return false;
  if (fault.largerThan !== undefined && target.bytes <= fault.largerThan) return false;
  const { match } = fault;
  if (match !== undefined && !target.eventIds.some((id) => id.includes(match))) return false;
  if (fault.kind === 'revoke_token') return fault.token === undefined || fault.token === target.token;
  return true;
}
