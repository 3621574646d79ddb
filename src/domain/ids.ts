// Branded ids, so that they cannot be swapped. All are derived from the journal's sequence.

declare const brand: unique symbol;

/** `a<seq>` of the event that created the agent; the name may change, this never does. */
export type AgentId = string & { readonly [brand]: 'AgentId' };
/** `<seq>.<n>` of the event that asked for the effect. */
export type EffectId = string & { readonly [brand]: 'EffectId' };
/** `l<seq>` of the event that asked for the landing. */
export type LandingId = string & { readonly [brand]: 'LandingId' };
/** `s<seq>` of the event that asked for the snapshot. */
export type SnapshotId = string & { readonly [brand]: 'SnapshotId' };
/** `t<seq>` of the event that opened a shell beside an agent. */
export type ShellId = string & { readonly [brand]: 'ShellId' };
/** `q<seq>` of the event that opened the question. */
export type QuestionId = string & { readonly [brand]: 'QuestionId' };
/** `m<seq>` of the event that queued the message. */
export type MessageId = string & { readonly [brand]: 'MessageId' };
/** `c<seq>` of the event by which the comment was first written. */
export type CommentId = string & { readonly [brand]: 'CommentId' };
/** `r<seq>` of the event that raised the alarm. */
export type AlarmId = string & { readonly [brand]: 'AlarmId' };

// The only places where a string becomes an id.
export const agentId = (seq: number) => `a${seq}` as AgentId;
export const effectId = (seq: number, n = 0) => `${seq}.${n}` as EffectId;
export const landingId = (seq: number) => `l${seq}` as LandingId;
export const snapshotId = (seq: number) => `s${seq}` as SnapshotId;
export const shellId = (seq: number) => `t${seq}` as ShellId;
export const questionId = (seq: number) => `q${seq}` as QuestionId;
export const commentId = (seq: number) => `c${seq}` as CommentId;
export const messageId = (seq: number) => `m${seq}` as MessageId;
export const alarmId = (seq: number) => `r${seq}` as AlarmId;
