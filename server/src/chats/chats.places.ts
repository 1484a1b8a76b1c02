import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { Database } from '../platform/database.ts';
import { createGathered } from '../platform/gathered.ts';
import type { HeadsRepository } from './chats.heads.repository.ts';

/** A chat in a person's list, with the person's revision at which it last changed there. */
export interface ListedPlace {
  readonly chatId: ChatId;
  readonly personRevision: number;
  readonly revision: number;
  readonly epoch: number;
  /** Not while they have blocked the other person of a direct chat: it stays in their list, and says nothing. */
  readonly hears: boolean;
}

/** A person's revision and the chats that they are in, of one moment. */
export interface PersonPlaces {
  readonly revision: number;
  readonly places: readonly ListedPlace[];
}

/** Where a person is now; nowhere for somebody nobody knows. */
export type PlacesOf = (userId: UserId) => Promise<PersonPlaces>;

/** People whose chats are read in one statement: with a few hundred chats each it stays short. */
const PERSONS_AT_ONCE = 64;
const NOWHERE: PersonPlaces = { revision: 0, places: [] };

/** Read from the database each time, for all who come at once together (ADR 19). */
export function createPlaces(db: Database, repository: Pick<HeadsRepository, 'placesOf'>): PlacesOf {
  const read = createGathered<UserId, PersonPlaces>({
    load: (userIds) => repository.placesOf(db, userIds),
    atOnce: PERSONS_AT_ONCE,
  });
  return async (userId) => (await read(userId)) ?? NOWHERE;
}
