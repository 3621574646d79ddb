// In which form a terminal is asked to tell something on the desktop.
export const notifyWays = ['auto', 'osc99', 'osc777', 'osc9', 'bell', 'none'] as const;
export type NotifyWay = (typeof notifyWays)[number];
