import type { PersonChanges } from '@dialog/shared/chats';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { AuthFeature } from './auth/auth.feature.ts';
import { createAttachmentFeature } from './attachments/attachments.feature.ts';
import { createClearingPart } from './app.clearing.ts';
import { createGroupLooks } from './app.groupLooks.ts';
import { createKinds } from './app.kinds.ts';
import { serveWhatStands } from './app.messageActs.ts';
import { createPersonal } from './app.personal.ts';
import { createPresencePart } from './app.presence.ts';
import { arrangingRepository } from './chats/chats.arranging.repository.ts';
import { serveArranging } from './chats/chats.arranging.routes.ts';
import { banRepository } from './chats/chats.bans.repository.ts';
import { createBans } from './chats/chats.bans.ts';
import { createChatRooms } from './chats/chats.rooms.ts';
import { startHeadBeacon } from './chats/chats.beacon.ts';
import { createGroups } from './chats/chats.groups.ts';
import { serveGroups } from './chats/chats.groups.routes.ts';
import { headsRepository } from './chats/chats.heads.repository.ts';
import { keyRepository } from './chats/chats.keys.repository.ts';
import { createChatKeys } from './chats/chats.keys.ts';
import { createPlaces } from './chats/chats.places.ts';
import { toldProfileRepository } from './chats/chats.profiles.repository.ts';
import { createProfileWalk } from './chats/chats.profiles.ts';
import { chatRepository } from './chats/chats.repository.ts';
import { serveChats } from './chats/chats.routes.ts';
import { createChatTitles } from './chats/chats.titles.ts';
import { createChatService, type ChatServiceDeps } from './chats/chats.service.ts';
import { createInviteFeature } from './invites/invites.feature.ts';
import { messageActsRepository } from './messages/messages.acts.repository.ts';
import { createMessageActs, type MessageActsDeps } from './messages/messages.acts.ts';
import type { BatchDeps } from './messages/messages.batch.ts';
import type { CursorDeps } from './messages/messages.cursors.ts';
import { scheduledRepository } from './messages/messages.scheduled.repository.ts';
import type { MessageGatewayDeps } from './messages/messages.gateway.ts';
import { markRepository } from './messages/messages.marks.repository.ts';
import { mentionRepository, saidIn } from './messages/messages.mentions.ts';
import { createOpening } from './messages/messages.opening.ts';
import { createMessagePreviews } from './messages/messages.previews.ts';
import { serveMessagePreviews } from './messages/messages.previews.routes.ts';
import { postingRepository } from './messages/messages.posting.repository.ts';
import { createMessageReading } from './messages/messages.reading.ts';
import { readingRepository } from './messages/messages.reading.repository.ts';
import { messageRepository } from './messages/messages.repository.ts';
import { serveMessages } from './messages/messages.routes.ts';
import { createMessageService } from './messages/messages.service.ts';
import { summaryRepository } from './messages/messages.summaries.repository.ts';
import { createSummaries } from './messages/messages.summaries.ts';
import { createThreadFeature } from './messages/messages.threads.feature.ts';
import { withheldRepository } from './messages/messages.withheld.ts';
import { createMessageWriter } from './messages/messages.writer.ts';
import { createPreviewFeature } from './previews/previews.feature.ts';
import type { PeopleFact } from './people/people.service.ts';
import type { Tx } from './platform/database.ts';
import type { Platform } from './platform/platform.ts';
import type { TakenBack } from './push/push.marks.repository.ts';
import type { UserNames } from './users/users.names.ts';
import type { UserService } from './users/users.service.ts';

interface Neighbours {
  readonly names: UserNames;
  readonly users: Pick<UserService, 'load'>;
  readonly inviteByMail: AuthFeature['inviteByMail'];
  readonly userNameChanging: AuthFeature['userNameChanging'];
  /** What features to the right do when someone's membership ends, in the same transaction. */
  readonly membershipEnded: ChatServiceDeps['membershipEnded'];
  /** And when a chat goes for good. */
  readonly chatRemoved: ChatServiceDeps['chatRemoved'];
  /** In the transaction in which a chat is cleared up to a position, by everyone or for one person. */
  readonly callsCleared: (tx: Tx, what: { chatId: ChatId; userId?: UserId; until: number }) => Promise<void>;
  /** After the commit of a choice of how somebody wants to be seen, or when it has run out. */
  readonly seenOtherwise: (userId: UserId) => Promise<void>;
  /** After each commit that changed something in a chat. */
  readonly chatChanged: (chatId: ChatId) => void;
  readonly push: Pushing;
  /** In the transaction of a request, a friendship or a block. */
  readonly peopleFollow: (tx: Tx, fact: PeopleFact) => Promise<void>;
  /** What was made of the texts of a chat up to a position, or of all, goes as well. Safe to run again. */
  readonly textsRemoved: (chatId: ChatId, until: number | undefined) => Promise<void>;
}

/** What pushes follow from, in the transaction of each. */
interface Pushing {
  readonly postedAtCommit: BatchDeps['followAtCommit'];
  readonly read: CursorDeps['read'];
  readonly reacted: MessageActsDeps['reacted'];
  readonly takenBack: (tx: Tx, what: TakenBack) => Promise<void>;
  /** Not an act: who looks at what, as far as their pages say. */
  readonly look: MessageGatewayDeps['look'];
}

export type Conversation = ReturnType<typeof createConversation>;

/** The part of the composition root that joins chats, messages and presence. */
export function createConversation(platform: Platform, neighbours: Neighbours) {
  const { users, membershipEnded, chatRemoved, chatChanged, peopleFollow, push, names, seenOtherwise } = neighbours;
  const { textsRemoved, callsCleared } = neighbours;
  const { db, jobs, log, now, router, sockets } = platform;
  const tellPerson = (userId: UserId, changes: PersonChanges) =>
    sockets.tell(`user:${userId}`, 'personChanged', changes);

  const keys = createChatKeys({ repository: keyRepository, masterKey: platform.masterKey });
  const open = createOpening(keys);
  const placesOf = createPlaces(db, headsRepository);
  const rooms = createChatRooms({ sockets, db, placesOf, repository: headsRepository, log });
  const chats = createChatService({
    db,
    repository: chatRepository,
    bans: banRepository,
    keys,
    users,
    now,
    postNote: (change, note) => messages.postNote(change, note),
    summariesOf: (tx, chatId, userIds) => summaries.ofChat(tx, chatId, userIds),
    async storeMarks(tx, owner, marks) {
      await markRepository.put(tx, owner, marks);
      // With what stands beside it: whether the thread is followed.
      return markRepository.at(
        tx,
        owner,
        marks.map(({ position }) => position),
      );
    },
    addableBy: (tx, actorId, others) => people.reach.mayReach(tx, actorId, { others, to: 'addToGroups' }),
    directChatMade: (tx, made) => people.directChatMade(tx, made),
    async membershipEnded(tx, ended) {
      await arrangingRepository.remove(tx, ended);
      await folders.membershipEnded(tx, ended);
      await markRepository.removeOwn(tx, ended);
      if (ended.isLeaving) await scheduled.removeOf(tx, ended);
      await clearing.membershipEnded(tx, ended);
      await membershipEnded(tx, ended);
    },
    async chatRemoved(tx, chatId) {
      await chatRemoved(tx, chatId);
      await attachments.removal.chatRemoved(tx, chatId);
      await invites.chatRemoved(tx, chatId);
      await scheduledRepository.removeOfChat(tx, chatId);
      await groupLooks.chatRemoved(tx, chatId);
      await removal.chatRemoved(tx, chatId);
    },
    tell: (told) => {
      rooms.tellAct(told);
      messagePreviews.told(told.changes.messages);
      chatChanged(told.changes.chatId);
      jobs.kick();
    },
  });
  createProfileWalk({
    ...{ db, jobs, chats, repository: toldProfileRepository },
    onError: (error) => log.warn({ err: error }, 'a chat was not told of a profile'),
  });
  const { presentChat, presentPlace } = chats;
  const groupLooks = createGroupLooks(platform, { chats, keys });
  const invites = createInviteFeature(platform, {
    chats,
    keys,
    users,
    inviteByMail: neighbours.inviteByMail,
    pictures: groupLooks.pictures,
  });
  const attachments = createAttachmentFeature(platform, { chats, keys });
  const summaries = createSummaries({
    repository: summaryRepository,
    unreadMentions: mentionRepository.unread,
    keys,
    open,
    presentChat,
    presentPlace,
  });
  const { arranging, folders, settings, people, changePerson, ownSince, profiles } = createPersonal(platform, {
    ...{ users, names, chats, rooms, keys, summaries, tellPerson },
    userNameChanging: neighbours.userNameChanging,
    peopleFollow,
    settingsChanged: (act, change) => presence.settingsChanged(act, change),
    statusChanged: (userId) => presence.statusChanged(userId),
  });
  const previews = createPreviewFeature({ ...platform, chats, keys });
  const messagePreviews = createMessagePreviews({
    db,
    chats,
    keys,
    messages: messageRepository,
    repository: messageActsRepository,
    previews,
    jobs: platform.slowJobs,
  });
  const messages = createMessageService({
    db,
    chats,
    placesOf,
    keys,
    open,
    repository: messageRepository,
    marks: markRepository,
    summaryRepository,
    summaries,
    ownSince,
    now,
  });
  const threads = createThreadFeature({ ...{ db, chats, open, summaries, tellPerson, jobs, router }, read: push.read });
  const writer = createMessageWriter({
    db,
    keys,
    now,
    messages: messageRepository,
    posting: postingRepository,
    threads: threads.repository,
    attachments: attachments.service,
    followAtCommit(tx, posted) {
      messagePreviews.askAtCommit(
        tx,
        posted.map(({ message }) => message),
      );
      mentionRepository.addAtCommit(tx, posted.flatMap(saidIn));
      threads.followAtCommit(tx, posted);
      withheldRepository.hideAtCommit(tx, posted);
      push.postedAtCommit(tx, posted);
    },
    tell: (frame) => {
      rooms.tellChanges(frame);
      messagePreviews.told(frame.changes.messages);
      threads.told(frame.changes.messages);
      chatChanged(frame.chatId);
    },
  });
  const acts = createMessageActs({
    chats,
    messages: messageRepository,
    repository: messageActsRepository,
    marks: markRepository,
    contentRemoved: attachments.removal.contentRemoved,
    requireReaction: groupLooks.requireReaction,
    mentions: mentionRepository,
    repliesRemoved: threads.repliesRemoved,
    previews: messagePreviews,
    reacted: push.reacted,
    takenBack: push.takenBack,
    now,
  });
  const { expiry, scheduled } = createKinds(platform, { chats, keys, acts, writer, attachments });
  const { removal, clearing } = createClearingPart(platform, {
    ...{ chats, keys, changePerson, textsRemoved, callsCleared },
    takenBack: push.takenBack,
    removeSomePictures: previews.removeSome,
    files: attachments.removal,
    /** Whatever else lives on under a chat's key. */
    sealedAnew: [invites.keyReplaced, scheduled.keyReplaced, groupLooks.keyReplaced],
  });
  serveWhatStands(platform, {
    ...{ chats, keys, open, users, summaries, acts, writer, tellPerson },
    copying: attachments.copying,
    takenBack: push.takenBack,
  });
  const { cursors, presence } = createPresencePart(platform, {
    ...{ chats, rooms, summaries, settings, people, profiles, tellPerson, seenOtherwise, push },
  });

  serveChats(router, chats);
  serveArranging(router, { chats, arranging, folders });
  serveGroups(router, {
    groups: createGroups({ chats }),
    bans: createBans({ db, chats, users, members: chatRepository, repository: banRepository, now }),
  });
  serveMessages(router, { messages, writer, cursors });
  serveMessagePreviews(router, messagePreviews);
  rooms.onMembershipEnded(presence.recheck);
  return {
    chats,
    profiles,
    keys,
    settings,
    people: people.reach,
    hiddenFrom: people.hiddenFrom,
    requireMayCall: people.requireMayCall,
    titlesOf: createChatTitles(keys),
    onPeopleChanged: people.onChanged,
    reading: createMessageReading({ db, open, repository: readingRepository }),
    summaries,
    rooms,
    presence,
    takeFile: attachments.take,
    /** Begins what runs by itself; answers how to stop it. */
    start(): () => Promise<void> {
      const stopAttachments = attachments.start();
      const stopPreviews = previews.start();
      const stopExpiry = expiry.start();
      const stopScheduled = scheduled.start();
      const beacon = startHeadBeacon({ sockets, db, repository: headsRepository, rooms, log });
      return () => {
        stopPreviews();
        stopAttachments();
        stopExpiry();
        stopScheduled();
        beacon.stop();
        return presence.stop();
      };
    },
  };
}
