// The groups in which the strips of agents lie, in the order of the list.

export const bays = ['needs', 'failing', 'running', 'waiting', 'done'] as const;
export type Bay = (typeof bays)[number];
