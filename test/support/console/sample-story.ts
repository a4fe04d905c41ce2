/** The story of a row as the console's server would tell it. */
import type { Row, StoryAnswer } from '../../../console/api.ts';

export const sampleStory = (row: Row): StoryAnswer => ({
  row,
  steps: [firstStep(row), ...lastSteps(row)],
  changes: [
    {
      field: 'email',
      raw: ' Ada@Example.com',
      normalized: 'ada@example.com',
      digest: 'b5fc85e55755f9e0d030a10ab4429b6b2944855f5a4f97ba5c5b9c0a9b0c1d2e',
    },
    {
      field: 'phone',
      raw: '(213) 373-4253',
      normalized: '+12133734253',
      digest: '9f7ec22d1f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4',
    },
    { field: 'content_id', raw: 'sku-1', normalized: 'contents[0].content_id' },
  ],
  curl: `curl -s http://127.0.0.1:3000/v1/events -d '{"event_name":"Purchase"}'`,
});

type Step = StoryAnswer['steps'][number];

const firstStep = ({ atMs, outcome }: Row): Step => ({
  atMs,
  tone: outcome === 'rejected' ? 'bad' : 'neutral',
  title: outcome === 'rejected' ? 'rejected' : 'accepted',
  details: ['POST /v1/events', 'trace 2c09b2c2-6c1e-4d0e-9f53-0d5f0a1b2c3d'],
});

function lastSteps({ atMs, outcome }: Row): readonly Step[] {
  const step = (offsetMs: number, tone: Step['tone'], title: string, ...details: string[]): Step => ({
    atMs: atMs + offsetMs,
    tone,
    title,
    details,
  });
  if (outcome === 'delivered')
    return [
      step(1080, 'neutral', 'sent to TikTok', 'with 4 others, destination default'),
      step(1104, 'good', 'delivered', 'code 0, TikTok request 20261126164904F6F0AB12', 'answered in 24 ms'),
    ];
  if (outcome === 'waiting')
    return [step(1080, 'warning', 'waits: TikTok answered 40100', 'Too many requests.')];
  if (outcome === 'dead-letter')
    return [step(1080, 'bad', 'parked: TikTok refused the event', 'event_id: Not a valid string')];
  if (outcome !== 'held') return [];
  return [
    step(1080, 'warning', 'held: TikTok answered 40105', 'Access token is incorrect or has been revoked.'),
    step(31_000, 'warning', 'held: TikTok answered 40105', 'attempt 2'),
  ];
}
