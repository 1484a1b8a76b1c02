import type { UserId } from '@dialog/shared/contract/values';
import type { BarRepository } from '../chats/chats.bars.ts';
import type { SharedActs } from '../chats/chats.persons.ts';
import type { Tx } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import type { SettingsChanged, SettingsService } from '../settings/settings.service.ts';
import type { UserService } from '../users/users.service.ts';
import { createBars, type PeopleBars } from './people.bars.ts';
import { createDirectory, type Directory } from './people.directory.ts';
import { directoryRepository } from './people.directory.repository.ts';
import { createAddLinks } from './people.links.ts';
import { linkRepository } from './people.links.repository.ts';
import { createFriendsWalk } from './people.profiles.ts';
import { createReach, type PeopleReach } from './people.reach.ts';
import { peopleRepository } from './people.repository.ts';
import { servePeople } from './people.routes.ts';
import { createPeople, type HearingChanged, type PeopleFact, type PeopleService } from './people.service.ts';

interface Neighbours {
  readonly users: Pick<UserService, 'load'>;
  readonly settings: Pick<SettingsService, 'of'>;
  readonly changePersons: SharedActs;
  /** Those of these people with whom this one shares or shared a chat. */
  readonly acquaintancesAmong: (userId: UserId, userIds: readonly UserId[]) => Promise<readonly UserId[]>;
  readonly directChats: BarRepository;
  /** What features to the right do with a request, a friendship or a block, in its transaction. */
  readonly follow: (tx: Tx, fact: PeopleFact) => Promise<void>;
  readonly hearingChanged: (change: HearingChanged) => void;
}

export interface PeopleFeature {
  readonly reach: PeopleReach;
  /** Those of these people whom this one does not find, by whatever name. */
  readonly hiddenFrom: Directory['hiddenFrom'];
  readonly relationsSince: PeopleService['relationsSince'];
  readonly directChatMade: PeopleBars['directChatMade'];
  readonly requireMayCall: PeopleBars['requireMayCall'];
  /** In the act that changes somebody's settings. */
  readonly settingsChanged: (tx: Tx, change: SettingsChanged) => Promise<void>;
  /** On every node, after the commit: what is between these people is otherwise now. */
  readonly onChanged: (hear: (userIds: readonly UserId[]) => void) => void;
}

const CHANGED_TOPIC = 'people.changed';

/** Friends, blocks, who may do what with whom, and how people are found. */
export function createPeopleFeature(
  {
    db,
    jobs,
    masterKey,
    now,
    router,
    sockets,
    limiter,
    config,
  }: Pick<Platform, 'db' | 'jobs' | 'masterKey' | 'now' | 'router' | 'sockets' | 'limiter' | 'config'>,
  { users, settings, changePersons, acquaintancesAmong, directChats, follow, hearingChanged }: Neighbours,
): PeopleFeature {
  const hearers: ((userIds: readonly UserId[]) => void)[] = [];
  const reach = createReach({ repository: peopleRepository, settings });
  const bars = createBars({ bars: directChats, reach, repository: peopleRepository });
  const people = createPeople({
    ...{ db, users, reach, bars, changePersons, follow, hearingChanged, now },
    repository: peopleRepository,
    directChats,
    changed(userIds) {
      sockets.bus.publish(CHANGED_TOPIC, userIds);
      jobs.kick();
    },
    limitNew: async (userId) => void (await limiter.take('friendRequestWhenNew', userId)),
  });
  const directory = createDirectory({
    ...{ db, users, reach, acquaintancesAmong },
    repository: directoryRepository,
    isOpen: config.isDirectoryOpen,
  });
  const links = createAddLinks({ db, repository: linkRepository, masterKey });
  sockets.bus.on(CHANGED_TOPIC, (payload) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- published by this very code, here or on another node
    for (const hear of hearers) hear(payload as readonly UserId[]);
  });
  createFriendsWalk({ db, jobs, users, reach, changePersons, repository: peopleRepository });
  servePeople(router, { db, people, links, directory, users });
  return {
    reach,
    hiddenFrom: directory.hiddenFrom,
    relationsSince: people.relationsSince,
    directChatMade: bars.directChatMade,
    requireMayCall: bars.requireMayCall,
    async settingsChanged(tx, change) {
      await bars.settingsChanged(tx, change);
      await directory.settingsChanged(tx, change);
    },
    onChanged: (hear) => void hearers.push(hear),
  };
}
