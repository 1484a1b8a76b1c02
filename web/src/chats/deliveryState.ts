/** How far one's own message has got; `refused` waits for its writer. */
export const DELIVERY_STATES = ['waiting', 'refused', 'sent', 'delivered', 'read'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
