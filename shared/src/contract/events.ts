import type * as z from 'zod/mini';

export interface Event {
  /** One line for the generated documentation. */
  readonly summary: string;
  readonly payload: z.core.$ZodType;
}

export type PayloadOf<E extends Event> = z.output<E['payload']>;

/** The shape Socket.IO wants for its typed events. */
export type EventHandlers<E extends Record<string, Event>> = {
  [Name in keyof E]: (payload: PayloadOf<E[Name]>) => void;
};

export function defineEvents<const E extends Record<string, Event>>(events: E): E {
  return events;
}
