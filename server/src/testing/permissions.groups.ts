import type { groupRoutes } from '@dialog/shared/chats.groups';
import { OWNER } from './outcomes.ts';
import type { Row, Scene } from './permissions.matrix.ts';

const inChat = ({ chatId }: Scene) => ({ chatId });

/** The rows of what is done to groups. */
export const groupRows: { readonly [Name in keyof typeof groupRoutes]: Row<Name> } = {
  changeGroup: { ask: (scene) => ({ params: inChat(scene), body: { description: 'Ours.' } }), may: OWNER },
  banMember: { ask: (scene) => ({ params: { ...inChat(scene), userId: scene.other.user.id } }), may: OWNER },
  liftBan: { ask: (scene) => ({ params: { ...inChat(scene), userId: scene.other.user.id } }), may: OWNER },
  listBans: { ask: (scene) => ({ params: inChat(scene), query: {} }), may: OWNER },
};
