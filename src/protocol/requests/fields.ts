// What the fields of several requests hold.
import * as z from 'zod/mini';

/** Whether it is a good name is for the nouns to say: they know a better one. */
export const name = z.string().check(z.maxLength(10_000));

/** A name or an id. */
export const agent = { agent: name };

export const environment = z.record(z.string(), z.string());

export const size = {
	columns: z.int().check(z.minimum(2), z.maximum(1000)),
	rows: z.int().check(z.minimum(1), z.maximum(1000)),
};

/** Answer at once, or when it has been done or refused. */
export const wait = { wait: z.boolean() };

export const nothing = z.object({});

/** What git calls a content. */
export const object = z.string().check(z.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/));
