/** Raise when an older client could not understand the change; protocol.test.ts notices for you. */
export const PROTOCOL_VERSION = 5;
