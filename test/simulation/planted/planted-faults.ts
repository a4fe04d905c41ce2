/** Faults planted into lib: each replaces one piece of its text, and the simulation must find every one. */

export interface PlantedFault {
  readonly name: string;
  /** Below lib. */
  readonly file: string;
  /** Is in the file exactly once. */
  readonly text: string;
  readonly replacement: string;
}

export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'acknowledges messages before they are delivered',
    file: 'delivery/settle.ts',
    text: 'const failed = messages.filter((message) => !done.has(message));',
    replacement: 'const failed: Message[] = [];',
  },
  {
    name: 'lets messages come back much too soon',
    file: 'delivery/backoff.ts',
    text: 'Math.floor(step * (1 + jitter * random))',
    replacement: 'Math.floor((step * (1 + jitter * random)) / 60)',
  },
  {
    name: 'takes the step before on the ladder',
    file: 'delivery/backoff.ts',
    text: 'steps.length) - 1]',
    replacement: 'steps.length) - 2]',
  },
  {
    name: 'forgets the budget of extra calls',
    file: 'delivery/call-budget.ts',
    text: 'if (extra >= maxExtraCalls) return false;',
    replacement: '',
  },
  {
    name: 'does not read the secret again when TikTok refuses the token',
    file: 'delivery/attempt.ts',
    text: 'const fresh = await context.tokens.reread(destinationName);',
    replacement: 'const fresh = token;',
  },
  {
    name: 'parks a whole batch after the first refusal',
    file: 'delivery/deliver-group.ts',
    text: 'return isAlone ? settleAll(messages, fault.park) : isolateRefused(messages, fault.index, disposition);',
    replacement: 'return settleAll(messages, fault.park);',
  },
  {
    name: 'forgets what became of one half',
    file: 'delivery/isolation/refused.ts',
    text: 'others = isDelivered(result) ? bisect(right, latest) : sendAndSettle(right, latest);\n    return [...settled, ...(await others)];',
    replacement:
      'others = isDelivered(result) ? bisect(right, latest) : sendAndSettle(right, latest);\n    return settled.length > 0 ? await others : [];',
  },
  {
    name: 'keeps no time to park and delay',
    file: 'delivery/deliver-batch.ts',
    text: 'startedAt + remainingMs - reserveMs',
    replacement: 'startedAt + remainingMs + 0 * reserveMs',
  },
  {
    name: 'sends an event after its time',
    file: 'delivery/decode-record.ts',
    text: 'if (nowMs > content.notAfterMs)',
    replacement: 'if (nowMs < 0)',
  },
  {
    name: 'parks without the reason',
    file: 'delivery/dead-letter.ts',
    text: 'reason: disposition.reason,',
    replacement: 'reason: undefined,',
  },
  {
    name: 'counts a dead letter as stored that is not',
    file: 'delivery/settle.ts',
    text: 'parked.filter((_, index) => stored[index] === true)',
    replacement: 'parked.filter((_, index) => stored[index] !== undefined)',
  },
  {
    name: 'parks nothing at the last receive but one',
    file: 'delivery/settle.ts',
    text: 'message.receives >= maxReceiveCount - 1',
    replacement: 'message.receives >= maxReceiveCount + 1',
  },
  {
    name: 'sends events of two test codes in one call',
    file: 'delivery/group.ts',
    text: 'const key = testEventCode === undefined ?',
    replacement: "const key = testEventCode !== '' ?",
  },
  {
    name: 'makes a call larger than 1 MB',
    file: 'delivery/group.ts',
    text: ' && bytes + more <= maxDataBytes',
    replacement: '',
  },
  {
    name: 'calls TikTok twice at once for one destination',
    file: 'delivery/pace.ts',
    text: 'Map.groupBy(groups, ({ destinationName }) => destinationName).values()',
    replacement: 'groups.map((group) => [group]).values()',
  },
  {
    name: 'loses the second group of a destination',
    file: 'delivery/pace.ts',
    text: 'for (const group of sameDestination)',
    replacement: 'for (const group of sameDestination.slice(0, 1))',
  },
  {
    name: 'starts a call with no time for it',
    file: 'delivery/call-budget.ts',
    text: 'leftMs < shortestCallMs ? undefined : ',
    replacement: '',
  },
  {
    name: 'makes more calls after a limit',
    file: 'delivery/attempt.ts',
    text: "if (verdict.suspects === 'nothing') return { disposition, calls };",
    replacement: '',
  },
  {
    name: 'reads a secret again when a setting is wrong',
    file: 'delivery/attempt.ts',
    text: "first.verdict.kind !== 'hold' || !first.verdict.isTokenTrouble",
    replacement: "first.verdict.kind !== 'hold'",
  },
  {
    name: 'does not wait for a missing token as for a person',
    file: 'delivery/attempt.ts',
    text: "disposition: { kind: 'hold', reason: token.missing",
    replacement: "disposition: { kind: 'retry', reason: token.missing",
  },
  {
    name: 'never finds out whether an event breaks its calls',
    file: 'delivery/isolation/search.ts',
    text: 'receives >= probedFromReceive',
    replacement: 'receives < 0',
  },
  {
    name: 'probes with halves for too long',
    file: 'delivery/isolation/probe.ts',
    text: 'quartersFromReceive = 6',
    replacement: 'quartersFromReceive = 60',
  },
  {
    name: 'probes with single events too late',
    file: 'delivery/isolation/probe.ts',
    text: 'aloneFromReceive = 9',
    replacement: 'aloneFromReceive = 90',
  },
  {
    name: 'takes the time of the failure for the first sending time',
    file: 'delivery/dead-letter.ts',
    text: 'Math.min(firstReceivedAtMs, replay?.firstSentAtMs ?? firstReceivedAtMs)',
    replacement: 'replay === undefined ? nowMs : firstReceivedAtMs',
  },
  {
    name: 'takes the letter after it for the stored one',
    file: 'delivery/settle.ts',
    text: 'stored[index] === true',
    replacement: 'stored[index + 1] === true',
  },
  {
    name: 'counts entries as stored that SQS failed',
    file: 'queue/queue-client.ts',
    text: '.filter(({ Id }) => !done.has(Id))',
    replacement: '.filter(({ Id }) => !done.has(Id) && !codes.has(Id))',
  },
  {
    name: 'accepts the event after the one that is stored',
    file: 'ingest/accept-events.ts',
    text: 'stored[position] === true',
    replacement: 'stored[position + 1] !== false',
  },
  {
    name: 'answers with another id than it stored',
    file: 'ingest/accept-events.ts',
    text: '  event_id,\n  status: isQueued',
    replacement: '  event_id: event_id.toUpperCase(),\n  status: isQueued',
  },
  {
    name: 'answers 200 to a webhook of which it stored one event',
    file: 'webhooks/receive-webhook.ts',
    text: 'stored.every((isStored) => isStored)',
    replacement: 'stored.some((isStored) => isStored)',
  },
  {
    name: 'rejects events when TikTok answers 404',
    file: 'tiktok/verdict.ts',
    text: "if (status === 404) return { kind: 'hold', reason: 'http_404', isTokenTrouble: false };",
    replacement: "if (status === 404) return { kind: 'reject', reason: 'http_404' };",
  },
  {
    name: 'rejects events when TikTok refuses a setting',
    file: 'tiktok/verdict.ts',
    text: "if (setting !== undefined) return { kind: 'hold'",
    replacement: "if (setting === '') return { kind: 'hold'",
  },
  {
    name: 'sends events of a partial success again',
    file: 'tiktok/verdict.ts',
    text: 'return isSuccess(status)\n        ?',
    replacement: "return isSuccess(status) && meaning !== 'partial'\n        ?",
  },
  {
    name: 'rejects at once what TikTok asks to send again later',
    file: 'tiktok/verdict.ts',
    text: "const isFinal = meaning === 'reject' || receives >= rejectLaterFrom;",
    replacement: 'const isFinal = receives > 0;',
  },
  {
    name: 'takes the place after the one that a refusal names',
    file: 'tiktok/verdict.ts',
    text: 'return index < batchSize ? index : undefined;',
    replacement: 'return index < batchSize ? (index + 1) % batchSize : undefined;',
  },
];
