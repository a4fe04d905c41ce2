/** Faults planted into lib/delivery: each replaces one piece of its text, and the simulation must find every one. */

export interface PlantedFault {
  readonly name: string;
  /** Below lib/delivery. */
  readonly file: string;
  /** Is in the file exactly once. */
  readonly text: string;
  readonly replacement: string;
}

export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'acknowledges messages before they are delivered',
    file: 'settle.ts',
    text: 'const failed = messages.filter((message) => !done.has(message));',
    replacement: 'const failed: Message[] = [];',
  },
  {
    name: 'lets messages come back much too soon',
    file: 'backoff.ts',
    text: 'Math.floor(step * (1 + jitter * random))',
    replacement: 'Math.floor((step * (1 + jitter * random)) / 60)',
  },
  {
    name: 'takes the step before on the ladder',
    file: 'backoff.ts',
    text: 'steps.length) - 1]',
    replacement: 'steps.length) - 2]',
  },
  {
    name: 'forgets the budget of extra calls',
    file: 'call-budget.ts',
    text: 'if (extra >= maxExtraCalls) return false;',
    replacement: '',
  },
  {
    name: 'does not read the secret again when TikTok refuses the token',
    file: 'attempt.ts',
    text: 'const fresh = await context.tokens.reread(destinationName);',
    replacement: 'const fresh = token;',
  },
  {
    name: 'parks a whole batch after the first refusal',
    file: 'deliver-group.ts',
    text: 'return isAlone ? settleAll(messages, fault.park) : isolateRefused(messages, fault.index, disposition);',
    replacement: 'return settleAll(messages, fault.park);',
  },
  {
    name: 'forgets what became of one half',
    file: 'isolation/refused.ts',
    text: 'others = isDelivered(result) ? bisect(right, latest) : sendAndSettle(right, latest);\n    return [...settled, ...(await others)];',
    replacement:
      'others = isDelivered(result) ? bisect(right, latest) : sendAndSettle(right, latest);\n    return settled.length > 0 ? await others : [];',
  },
  {
    name: 'keeps no time to park and delay',
    file: 'deliver-batch.ts',
    text: 'startedAt + remainingMs - reserveMs',
    replacement: 'startedAt + remainingMs + 0 * reserveMs',
  },
  {
    name: 'sends an event after its time',
    file: 'decode-record.ts',
    text: 'if (nowMs > content.notAfterMs)',
    replacement: 'if (nowMs < 0)',
  },
  {
    name: 'parks without the reason',
    file: 'dead-letter.ts',
    text: 'reason: disposition.reason,',
    replacement: 'reason: undefined,',
  },
  {
    name: 'counts a dead letter as stored that is not',
    file: 'settle.ts',
    text: 'parked.filter((_, index) => stored[index] === true)',
    replacement: 'parked.filter((_, index) => stored[index] !== undefined)',
  },
  {
    name: 'parks nothing at the last receive but one',
    file: 'settle.ts',
    text: 'message.receives >= maxReceiveCount - 1',
    replacement: 'message.receives >= maxReceiveCount + 1',
  },
];
