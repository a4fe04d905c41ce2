/** Faults on demand for the stand-ins of AWS services. */

/** The next calls fail: with an error by name (such as ThrottlingException), or with no answer at all. */
export interface AwsFault {
  readonly error: string | 'connection reset' | 'no answer';
  /** By default a sentence that names no data. */
  readonly message?: string;
  /** Only calls of this operation, such as GetQueryResults. */
  readonly operation?: string;
  /** How many calls fail; without it, all calls until `heal()`. */
  readonly times?: number;
}

export interface Faults {
  fail(fault: AwsFault): void;
  heal(): void;
}

export interface FaultList extends Faults {
  /** @returns the fault of this call, and counts it against its `times` */
  take(operation: string): AwsFault | undefined;
}

/** Faults wait in the order in which they were asked for. */
export function createFaultList(): FaultList {
  let waiting: { readonly fault: AwsFault; left: number }[] = [];
  return {
    fail: (fault) => void waiting.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    heal: () => {
      waiting = [];
    },
    take: (operation) => {
      const entry = waiting.find(
        ({ fault }) => fault.operation === undefined || fault.operation === operation,
      );
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) waiting = waiting.filter((other) => other !== entry);
      return entry.fault;
    },
  };
}
