/** A shell that reads no file of whoever runs the tests. */
export const bash = ['bash', '--norc', '--noprofile'] as const;
