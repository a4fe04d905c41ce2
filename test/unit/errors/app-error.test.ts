import { expect, test } from 'vitest';
import {
  AppError,
  DependencyDown,
  Misconfigured,
  RejectedInput,
  Unauthenticated,
} from '../../../lib/errors/app-error.ts';

test.each([
  [new AppError('invalid_json', 'Text.'), 'AppError'],
  [new RejectedInput(400, 'invalid_json', 'Text.'), 'RejectedInput'],
  [new Unauthenticated('invalid_json', 'Text.'), 'Unauthenticated'],
  [new DependencyDown('invalid_json', 'Text.', { retryAfterSeconds: 2 }), 'DependencyDown'],
])('gives %s a code, a message and its class as its name', (error, name) => {
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ name, code: 'invalid_json', message: 'Text.' });
});

test('keeps the cause of each kind of AppError that has one', () => {
  const cause = new Error('why');
  expect(new AppError('c', 'm', { cause }).cause).toBe(cause);
  expect(new DependencyDown('keys_unavailable', 'm', { cause, retryAfterSeconds: 2 }).cause).toBe(cause);
  expect(new Misconfigured('STAGE', 'is missing', { cause }).cause).toBe(cause);
});

test('gives RejectedInput a status, and members only when they are given', () => {
  expect(new RejectedInput(413, 'body_too_large', 'm')).toMatchObject({ status: 413, members: {} });
  expect(new RejectedInput(422, 'invalid_events', 'm', { errors: [1] }).members).toEqual({ errors: [1] });
});

test('joins the setting and its problem to one sentence in Misconfigured', () => {
  expect(new Misconfigured('sources.shop', 'is missing')).toMatchObject({
    name: 'Misconfigured',
    code: 'invalid_setting',
    setting: 'sources.shop',
    problem: 'is missing',
    message: 'setting sources.shop is missing',
  });
});
