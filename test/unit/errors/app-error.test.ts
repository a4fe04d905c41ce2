import { describe, expect, test } from 'vitest';
import {
  AppError,
  DependencyDown,
  Misconfigured,
  RejectedInput,
  Unauthenticated,
} from '../../../lib/errors/app-error.ts';

describe('AppError', () => {
  test.each([
    [new AppError('a_code', 'Text.'), 'AppError'],
    [new RejectedInput(400, 'a_code', 'Text.'), 'RejectedInput'],
    [new Unauthenticated('a_code', 'Text.'), 'Unauthenticated'],
    [new DependencyDown('a_code', 'Text.', { retryAfterSeconds: 2 }), 'DependencyDown'],
  ])('carries a code, a message and its class as its name: %s', (error, name) => {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ name, code: 'a_code', message: 'Text.' });
  });

  test('keeps the cause of each kind that has one', () => {
    const cause = new Error('why');
    expect(new AppError('c', 'm', { cause }).cause).toBe(cause);
    expect(new DependencyDown('c', 'm', { cause, retryAfterSeconds: 2 }).cause).toBe(cause);
    expect(new Misconfigured('STAGE', 'is missing', { cause }).cause).toBe(cause);
  });
});

test('RejectedInput has a status, and no members unless they are given', () => {
  expect(new RejectedInput(413, 'c', 'm')).toMatchObject({ status: 413, members: {} });
  expect(new RejectedInput(422, 'c', 'm', { errors: [1] }).members).toEqual({ errors: [1] });
});

test('Misconfigured makes one sentence of the setting and its problem', () => {
  expect(new Misconfigured('sources.shop', 'is missing')).toMatchObject({
    name: 'Misconfigured',
    code: 'invalid_setting',
    setting: 'sources.shop',
    problem: 'is missing',
    message: 'setting sources.shop is missing',
  });
});
