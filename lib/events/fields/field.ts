/** What one row of the table of fields says, and the context in which its parser works. */
import type * as z from 'zod/mini';
import { lazily } from '../../schema/lazy/lazily.ts';
import type { EventSource } from '../destination.ts';
import type { IssueCode } from '../issue-codes.ts';

/**
 * The context passed to every field parser, with its three voices. The handling of the caller decides what a fault costs
 * (`judge.ts`). Each returns undefined, so that a parser can `return context.reject(…)`.
 */
export interface FieldContext {
  readonly receivedAtMs: number;
  /**
   * Upper-case country for phones without a country code: the event's own, or the destination's default when the event
   * has none. Undefined when there is none, and when the event's own is no country.
   */
  readonly country: string | undefined;
  /** Reports a mistake of a program, such as a negative amount. @param leftOut the fields to omit, where the handling omits */
  reject(code: IssueCode, message: string, field: string, leftOut?: readonly string[]): undefined;
  /** Reports a value that nobody can match, or that TikTok does not take: it is omitted, and the event goes on. */
  omit(code: IssueCode, message: string, field: string): undefined;
  /** Reports a doubtful value, which is sent. */
  warn(code: IssueCode, message: string, field: string): undefined;
}

/** The same context for fields inside another one; their paths are put together only when there is an issue. */
export const within = (context: FieldContext, pathOf: (field: string) => string): FieldContext => ({
  receivedAtMs: context.receivedAtMs,
  country: context.country,
  reject: (code, message, field, leftOut) => context.reject(code, message, pathOf(field), leftOut),
  omit: (code, message, field) => context.omit(code, message, pathOf(field)),
  warn: (code, message, field) => context.warn(code, message, pathOf(field)),
});

/** Gives the canonical value, or undefined for "leave the field out" (after `reject`, or because it is empty). */
export type FieldParser<In, Out> = (value: In, context: FieldContext, field: string) => Out | undefined;

/** TikTok's form of one text; `country` is the event's, or the destination's default. Undefined: nothing to send. */
export type Normalize = (text: string, country: string | undefined) => string | undefined;

/** What a row says beside schema, words and parser. */
export interface FieldFacts {
  /**
   * The object of TikTok's event that holds the value: the event itself, one of its objects, or a product in `contents`
   * (Events API 2.0, docs id 1771101303285761). `call`: the value chooses the call that carries the event.
   */
  readonly to: 'event' | 'user' | 'properties' | 'page' | 'contents' | 'call';
  /** The name that TikTok uses; by default the field's own. Values of fields with the same name become one list. */
  readonly as?: string;
  /** The value leaves as SHA-256 of this form. */
  readonly hash?: Normalize;
  /** The value leaves in clear text, in this form. */
  readonly normalize?: Normalize;
  /** The parts of the value are sent side by side with named fields, never over one. */
  readonly isSpread?: true;
  /** The event sources whose events may have the field; by default all. */
  readonly sources?: readonly EventSource[];
  /** One value, or a list of up to this many. */
  readonly oneOrList?: number;
  /** A list of up to this many. */
  readonly list?: number;
  /** An object, or a list of objects: JSON in a command's flag and in a column. */
  readonly isObject?: true;
  /** The fields inside the object, where they are known. */
  readonly parts?: FieldTable;
  /** `true` or `false`. */
  readonly isFlag?: true;
  /** TikTok can match a person on this field alone. */
  readonly matchKey?: true;
  /** An amount in the event's currency: worth nothing without it. */
  readonly isMoney?: true;
  /** The greatest length of a text. */
  readonly maxLength?: number;
  /** A text that is too long is a mistake of the program; in other fields it is omitted. */
  readonly isExact?: true;
  /** Without it, or with another value, the event would be another one: a mistake always rejects it. */
  readonly isEssential?: true;
  /** The value that a faulty one stands for, where faulty values are omitted. */
  readonly whenFaulty?: unknown;
}

export interface Field<Schema extends z.ZodMiniType = z.ZodMiniType, Out = unknown> extends FieldFacts {
  /** Built on first use: building all schemas costs 5 ms of cold start. */
  readonly schema: () => Schema;
  /** Completes the sentence "expected …". */
  readonly expects: string;
  /** A method, so that rows of different types fit into one table. */
  parse(value: z.infer<Schema>, context: FieldContext, field: string): Out | undefined;
}

export type FieldTable = Readonly<Record<string, Field>>;

/** One row; its types follow from the schema and the parser. */
export const field = <Schema extends z.ZodMiniType, Out, const Facts extends FieldFacts>(
  schema: () => Schema,
  expects: string,
  parse: FieldParser<z.infer<Schema>, Out>,
  facts: Facts,
): Field<Schema, Out> & Facts => ({ ...facts, schema: lazily(schema), expects, parse });

/** The most entries of the field's list; undefined for a field that takes no list. */
export const maxItems = ({ list, oneOrList }: FieldFacts): number | undefined => list ?? oneOrList;
