/** Faults planted into lib: each replaces one piece of its text, and the simulation must find every one. */

export interface PlantedFault {
  readonly name: string;
  /** The first seed that found it: tried before all others, which saves minutes as long as the plans stay the same. */
  readonly seed: number;
  /** Below lib. */
  readonly file: string;
  /** Is in the file exactly once. */
  readonly text: string;
  readonly replacement: string;
}

export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'acknowledges messages before they are delivered',
    seed: 3,
    file: 'delivery/settle.ts',
    text: 'const failed = messages.filter((message) => !done.has(message));',
    replacement: 'const failed: Message[] = [];',
  },
  {
    name: 'lets messages come back much too soon',
    seed: 3,
    file: 'delivery/backoff.ts',
    text: 'Math.floor(step * (1 + jitter * random))',
    replacement: 'Math.floor((step * (1 + jitter * random)) / 60)',
  },
  {
    name: 'takes the step before on the ladder',
    seed: 3,
    file: 'delivery/backoff.ts',
    text: 'steps.length) - 1]',
    replacement: 'steps.length) - 2]',
  },
  {
    name: 'forgets the budget of extra calls',
    seed: 12,
    file: 'delivery/call-budget.ts',
    text: 'if (extra >= maxExtraCalls) return false;',
    replacement: '',
  },
  {
    name: 'does not read the secret again when TikTok refuses the token',
    seed: 6,
    file: 'delivery/attempt.ts',
    text: 'const fresh = await context.tokens.reread(destinationName);',
    replacement: 'const fresh = token;',
  },
  {
    name: 'parks a whole batch after the first refusal',
    seed: 2,
    file: 'delivery/deliver-group.ts',
    text: 'return isAlone ? settleAll(messages, fault.park) : isolateRefused(messages, fault.index, disposition);',
    replacement: 'return settleAll(messages, fault.park);',
  },
  {
    name: 'forgets what became of one half',
    seed: 2,
    file: 'delivery/isolation/refused.ts',
    text: 'others = isDelivered(result) ? bisect(right, latest) : sendAndSettle(right, latest);\n    return [...settled, ...(await others)];',
    replacement:
      'others = isDelivered(result) ? bisect(right, latest) : sendAndSettle(right, latest);\n    return settled.length > 0 ? await others : [];',
  },
  {
    name: 'keeps no time to park and delay',
    seed: 148,
    file: 'delivery/deliver-batch.ts',
    text: 'startedAt + remainingMs - reserveMs',
    replacement: 'startedAt + remainingMs + 0 * reserveMs',
  },
  {
    name: 'sends an event after its time',
    seed: 1,
    file: 'delivery/decode-record.ts',
    text: 'if (nowMs > content.notAfterMs)',
    replacement: 'if (nowMs < 0)',
  },
  {
    name: 'parks without the reason',
    seed: 1,
    file: 'delivery/dead-letter.ts',
    text: 'reason: disposition.reason,',
    replacement: 'reason: undefined,',
  },
  {
    name: 'counts a dead letter as stored that is not',
    seed: 23,
    file: 'delivery/settle.ts',
    text: 'parked.filter((_, index) => stored[index] === true)',
    replacement: 'parked.filter((_, index) => stored[index] !== undefined)',
  },
  {
    name: 'parks nothing at the last receive but one',
    seed: 4,
    file: 'delivery/settle.ts',
    text: 'message.receives >= maxReceiveCount - 1',
    replacement: 'message.receives >= maxReceiveCount + 1',
  },
  {
    name: 'sends events of two test codes in one call',
    seed: 1,
    file: 'delivery/group.ts',
    text: 'const key = testEventCode === undefined ?',
    replacement: "const key = testEventCode !== '' ?",
  },
  {
    name: 'makes a call larger than 1 MB',
    seed: 44,
    file: 'delivery/group.ts',
    text: ' && bytes + more <= maxDataBytes',
    replacement: '',
  },
  {
    name: 'calls TikTok twice at once for one destination',
    seed: 1,
    file: 'delivery/pace.ts',
    text: 'Map.groupBy(groups, ({ destinationName }) => destinationName).values()',
    replacement: 'groups.map((group) => [group]).values()',
  },
  {
    name: 'loses the second group of a destination',
    seed: 1,
    file: 'delivery/pace.ts',
    text: 'for (const group of sameDestination)',
    replacement: 'for (const group of sameDestination.slice(0, 1))',
  },
  {
    name: 'starts a call with no time for it',
    seed: 157,
    file: 'delivery/call-budget.ts',
    text: 'leftMs < shortestCallMs ? undefined : ',
    replacement: '',
  },
  {
    name: 'makes more calls after a limit',
    seed: 46,
    file: 'delivery/attempt.ts',
    text: "if (verdict.suspects === 'nothing') return { disposition, calls };",
    replacement: '',
  },
  {
    name: 'reads a secret again when a setting is wrong',
    seed: 14,
    file: 'delivery/attempt.ts',
    text: "first.verdict.kind !== 'hold' || !first.verdict.isTokenTrouble",
    replacement: "first.verdict.kind !== 'hold'",
  },
  {
    name: 'does not wait for a missing token as for a person',
    seed: 37,
    file: 'delivery/attempt.ts',
    text: "disposition: { kind: 'hold', reason: token.missing",
    replacement: "disposition: { kind: 'retry', reason: token.missing",
  },
  {
    name: 'never finds out whether an event breaks its calls',
    seed: 12,
    file: 'delivery/isolation/search.ts',
    text: 'receives >= probedFromReceive',
    replacement: 'receives < 0',
  },
  {
    name: 'probes with halves for too long',
    seed: 86,
    file: 'delivery/isolation/probe.ts',
    text: 'quartersFromReceive = 6',
    replacement: 'quartersFromReceive = 60',
  },
  {
    name: 'probes with single events too late',
    seed: 86,
    file: 'delivery/isolation/probe.ts',
    text: 'aloneFromReceive = 9',
    replacement: 'aloneFromReceive = 90',
  },
  {
    name: 'takes the time of the failure for the first sending time',
    seed: 1,
    file: 'delivery/dead-letter.ts',
    text: 'Math.min(firstReceivedAtMs, replay?.firstSentAtMs ?? firstReceivedAtMs)',
    replacement: 'replay === undefined ? nowMs : firstReceivedAtMs',
  },
  {
    name: 'takes the letter after it for the stored one',
    seed: 1,
    file: 'delivery/settle.ts',
    text: 'stored[index] === true',
    replacement: 'stored[index + 1] === true',
  },
  {
    name: 'counts entries as stored that SQS failed',
    seed: 23,
    file: 'queue/queue-client.ts',
    text: '.filter(({ Id }) => !done.has(Id))',
    replacement: '.filter(({ Id }) => !done.has(Id) && !codes.has(Id))',
  },
  {
    name: 'accepts the event after the one that is stored',
    seed: 23,
    file: 'ingest/accept-events.ts',
    text: 'stored[position] === true',
    replacement: 'stored[position + 1] !== false',
  },
  {
    name: 'answers with another id than it stored',
    seed: 1,
    file: 'ingest/accept-events.ts',
    text: '  event_id,\n  status: isQueued',
    replacement: '  event_id: event_id.toUpperCase(),\n  status: isQueued',
  },
  {
    name: 'answers 200 to a webhook of which it stored one event',
    seed: 145,
    file: 'webhooks/receive-webhook.ts',
    text: 'stored.every((isStored) => isStored)',
    replacement: 'stored.some((isStored) => isStored)',
  },
  {
    name: 'rejects events when TikTok answers 404',
    seed: 14,
    file: 'tiktok/verdict.ts',
    text: "if (status === 404) return { kind: 'hold', reason: 'http_404', isTokenTrouble: false };",
    replacement: "if (status === 404) return { kind: 'reject', reason: 'http_404' };",
  },
  {
    name: 'rejects events when TikTok refuses a setting',
    seed: 203,
    file: 'tiktok/verdict.ts',
    text: "if (setting !== undefined) return { kind: 'hold'",
    replacement: "if (setting === '') return { kind: 'hold'",
  },
  {
    name: 'sends events of a partial success again',
    seed: 18,
    file: 'tiktok/verdict.ts',
    text: 'return isSuccess(status)\n        ?',
    replacement: "return isSuccess(status) && meaning !== 'partial'\n        ?",
  },
  {
    name: 'rejects at once what TikTok asks to send again later',
    seed: 7,
    file: 'tiktok/verdict.ts',
    text: "const isFinal = meaning === 'reject' || receives >= rejectLaterFrom;",
    replacement: 'const isFinal = receives > 0;',
  },
  {
    name: 'takes the place after the one that a refusal names',
    seed: 127,
    file: 'tiktok/verdict.ts',
    text: 'return index < batchSize ? index : undefined;',
    replacement: 'return index < batchSize ? (index + 1) % batchSize : undefined;',
  },
];
