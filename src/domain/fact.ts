// Small shapes that many events share.
import * as z from 'zod/mini';
import type {
	AgentId,
	AlarmId,
	CommentId,
	EffectId,
	LandingId,
	MessageId,
	QuestionId,
	ShellId,
	SnapshotId,
} from './ids.ts';
import { stateWords } from './state-words.ts';

const id = <T extends string>() =>
	z.custom<T>((value) => typeof value === 'string', 'expected a text');
export const agent = id<AgentId>();
export const alarm = id<AlarmId>();
export const comment = id<CommentId>();
export const effect = id<EffectId>();
export const landing = id<LandingId>();
export const message = id<MessageId>();
export const question = id<QuestionId>();
export const shell = id<ShellId>();
export const snapshot = id<SnapshotId>();
export const generation = z.int();
export const commit = z.string();
export const argv = z.readonly(z.array(z.string()));
export const patterns = z.readonly(z.array(z.string()));

export const refusalShape = z.object({
	code: z.string(),
	message: z.string(),
	allow: z.optional(z.string()),
});

const refused = z.object({ ok: z.literal(false), refusal: refusalShape });
/** The outcome of an effect: what it brought, or the refusal that it met. */
export const outcome = <T extends z.ZodMiniType>(value: T) =>
	z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value }), refused]);
/** Of an effect that brings nothing. */
export const done = outcome(z.object({}));

export const processIdentity = z.object({
	pid: z.int(),
	startTime: z.string(),
	bootId: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentity>;

/** `exit` by itself, `stopped` by us, `lost` with its holder or its machine. */
export const exitCause = z.enum(['exit', 'stopped', 'lost']);
export type ExitCause = z.infer<typeof exitCause>;

export const agentStateWord = z.enum(stateWords);
