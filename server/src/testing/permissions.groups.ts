import type { groupRoutes } from '@dialog/shared/chats.groups';
import type { groupPictureRoutes } from '@dialog/shared/chats.pictures';
import type { ChatId } from '@dialog/shared/contract/values';
import type { customEmojiRoutes } from '@dialog/shared/customEmoji';
import { inviteRoutes } from '@dialog/shared/invites';
import { newId } from '../platform/ids.ts';
import { A_PICTURE } from './examples.ts';
import { MEMBERS, OUT, OWNER, SIGNED_IN } from './outcomes.ts';
import type { Person } from './people.ts';
import type { Row, Scene } from './permissions.matrix.ts';

/** Owners are told that it is gone, for they may ask. */
const NO_SUCH_EMOJI = [
  'emoji-not-found',
  'not-allowed',
  'chat-not-found',
  'chat-not-found',
  'chat-not-found',
  OUT,
] as const;

const inChat = ({ chatId }: Scene) => ({ chatId });

/** The rows of what is done to groups, and of their links. */
export const groupRows: {
  readonly [
    Name in
      | keyof typeof groupRoutes
      | keyof typeof groupPictureRoutes
      | keyof typeof customEmojiRoutes
      | keyof typeof inviteRoutes
  ]: Row<Name>;
} = {
  changeGroup: { ask: (scene) => ({ params: inChat(scene), body: { description: 'Ours.' } }), may: OWNER },
  setGroupPicture: { ask: (scene) => ({ params: inChat(scene), body: { picture: A_PICTURE } }), may: OWNER },
  removeGroupPicture: { ask: (scene) => ({ params: inChat(scene) }), may: OWNER },
  listCustomEmoji: { ask: (scene) => ({ params: inChat(scene) }), may: MEMBERS },
  addCustomEmoji: {
    ask: (scene) => ({ params: inChat(scene), body: { id: newId<never>(), name: 'our_tea', picture: A_PICTURE } }),
    may: OWNER,
  },
  renameCustomEmoji: {
    ask: (scene) => ({ params: { ...inChat(scene), emojiId: newId<never>() }, body: { name: 'your_tea' } }),
    may: NO_SUCH_EMOJI,
  },
  removeCustomEmoji: {
    ask: (scene) => ({ params: { ...inChat(scene), emojiId: newId<never>() } }),
    may: NO_SUCH_EMOJI,
  },
  banMember: { ask: (scene) => ({ params: { ...inChat(scene), userId: scene.other.user.id } }), may: OWNER },
  liftBan: { ask: (scene) => ({ params: { ...inChat(scene), userId: scene.other.user.id } }), may: OWNER },
  listBans: { ask: (scene) => ({ params: inChat(scene), query: {} }), may: OWNER },
  createInvite: {
    ask: (scene) => ({ params: inChat(scene), body: { usesMax: 1, needsApproval: true } }),
    may: OWNER,
  },
  listInvites: { ask: (scene) => ({ params: inChat(scene) }), may: OWNER },
  mailInvite: {
    ask: (scene) => ({
      params: { ...inChat(scene), inviteId: newId<never>() },
      body: { address: 'somebody@example.org', language: 'en' },
    }),
    // Owners are told that it is gone, for they may ask.
    may: ['invite-not-found', 'not-allowed', 'chat-not-found', 'chat-not-found', 'chat-not-found', OUT],
  },
  revokeInvite: { ask: (scene) => ({ params: { ...inChat(scene), inviteId: newId<never>() } }), may: OWNER },
  lookUpInvite: { ask: ({ inviteCode }) => ({ body: { code: inviteCode } }), may: SIGNED_IN, onInvite: true },
  joinByInvite: { ask: ({ inviteCode }) => ({ body: { code: inviteCode } }), may: SIGNED_IN, onInvite: true },
  listJoinRequests: { ask: (scene) => ({ params: inChat(scene), query: {} }), may: OWNER },
  admitRequest: { ask: ofBystander, may: OWNER, onInvite: true },
  refuseRequest: { ask: ofBystander, may: OWNER, onInvite: true },
};

/** Who has asked to come in. */
function ofBystander(scene: Scene) {
  return { params: { ...inChat(scene), userId: scene.bystander.user.id } };
}

/** The code of a link that needs approval, by which this person has asked to come in. */
export async function anInviteAskedBy(owner: Person, chatId: ChatId, person: Person): Promise<string> {
  const body = { needsApproval: true };
  const { code } = await owner.call(inviteRoutes.createInvite, { params: { chatId }, body });
  await person.call(inviteRoutes.joinByInvite, { body: { code } });
  return code;
}
