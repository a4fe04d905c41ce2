import { expect, test } from 'vitest';
import { standardNames } from '../../../lib/events/standard-events.ts';
import { pixelEventType, readPixelEventType } from '../../../lib/tiktok/pixel-event-types.ts';

test.each([
  ['Purchase', 'SHOPPING'],
  ['CompletePayment', 'SHOPPING'],
  ['ViewContent', 'ON_WEB_DETAIL'],
  ['StartTrial', 'START_TRIAL'],
  ['VipOrder', undefined],
  ['LaunchAPP', undefined],
])('counts %s as %s', (name, type) => {
  expect(pixelEventType(name)).toBe(type);
});

test.each([...standardNames.web, ...standardNames.former])(
  'reads the type of %s from its name in any spelling, and from itself',
  (name) => {
    const type = pixelEventType(name) ?? '';
    const snake = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
    expect([name, snake, type].map(readPixelEventType)).toEqual([type, type, type]);
  },
);

test('leaves a type that it does not know as it is', () => {
  expect(readPixelEventType('LANDING_PAGE_VIEW')).toBe('LANDING_PAGE_VIEW');
});
