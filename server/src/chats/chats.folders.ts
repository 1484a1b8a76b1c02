import type { arrangingRoutes } from '@dialog/shared/chats.arranging';
import type { PersonChanges } from '@dialog/shared/chats';
import { CHATS_PER_FOLDER_MAX, Folder, FOLDERS_MAX } from '@dialog/shared/chats.values';
import type { RouteInput } from '@dialog/shared/contract/routes';
import type { ChatId, FolderId, UserId } from '@dialog/shared/contract/values';
import * as z from 'zod';
import { AppError } from '../platform/appError.ts';
import { deriveSealingKey, seal, unseal } from '../platform/crypto/sealing.ts';
import type { Tx } from '../platform/database.ts';
import { toBytes } from '../platform/ids.ts';
import type { ArrangingRepository } from './chats.arranging.repository.ts';
import type { FolderRepository, StoredFolders } from './chats.folders.repository.ts';
import type { PersonActs } from './chats.persons.ts';

interface Deps {
  readonly repository: FolderRepository;
  readonly arranging: Pick<ArrangingRepository, 'headsOf'>;
  readonly changePerson: PersonActs;
  readonly masterKey: Buffer;
}

type Made = RouteInput<typeof arrangingRoutes.createFolder>['body'];
type Wanted = RouteInput<typeof arrangingRoutes.changeFolder>['body'];
type Folders = readonly Folder[];

export type FolderService = ReturnType<typeof createFolders>;

/**
 * A person's folders: a short list, sealed as one, since its words and who is kept together are theirs alone. Acts name
 * what they add and take away, so that two devices that change the list at once do not undo each other.
 */
export function createFolders({ repository, arranging, changePerson, masterKey }: Deps) {
  const key = deriveSealingKey(masterKey, 'folders');

  function open(userId: UserId, stored: StoredFolders | undefined): Folders {
    if (!stored) return [];
    return z.parse(z.array(Folder), JSON.parse(unseal(key, stored.body, toBytes(userId)).toString('utf8')));
  }

  async function save(tx: Tx, userId: UserId, { revision, folders }: { revision: number; folders: Folders }) {
    const body = seal(key, JSON.stringify(folders), toBytes(userId));
    await repository.save(tx, userId, { revision, body });
  }

  /** Reads, changes and stores the list; null changes nothing. */
  function changeFolders(
    userId: UserId,
    change: (folders: Folders, tx: Tx) => Promise<Folders | null> | Folders | null,
  ): Promise<PersonChanges> {
    return changePerson(userId, async ({ tx, revision }) => {
      const folders = await change(open(userId, await repository.find(tx, userId)), tx);
      if (!folders) return null;
      await save(tx, userId, { revision, folders });
      return { folders };
    });
  }

  async function requireChats(tx: Tx, userId: UserId, chatIds: readonly ChatId[]): Promise<void> {
    const heads = await arranging.headsOf(tx, userId, chatIds);
    if (chatIds.some((chatId) => !heads.has(chatId))) throw new AppError('chat-not-found', 'not a member');
  }

  return {
    createFolder(userId: UserId, { id, name, chatIds }: Made): Promise<PersonChanges> {
      return changeFolders(userId, async (folders, tx) => {
        if (folders.some((folder) => folder.id === id)) return null;
        if (folders.length >= FOLDERS_MAX) throw new AppError('limit-reached', 'too many folders');
        await requireChats(tx, userId, chatIds);
        return [...folders, { id, name, chatIds: [...new Set(chatIds)].toSorted() }];
      });
    },

    changeFolder(userId: UserId, folderId: FolderId, wanted: Wanted): Promise<PersonChanges> {
      return changeFolders(userId, async (folders, tx) => {
        const folder = requireFolder(folders, folderId);
        const added = wanted.add ?? [];
        await requireChats(tx, userId, added);
        const removed = new Set(wanted.remove);
        const chatIds = [...new Set([...folder.chatIds, ...added])].filter((chatId) => !removed.has(chatId)).toSorted();
        if (chatIds.length > CHATS_PER_FOLDER_MAX) throw new AppError('limit-reached', 'too many chats in a folder');
        const changed = { id: folder.id, name: wanted.name ?? folder.name, chatIds };
        const replaced = folders.map((one) => (one === folder ? changed : one));
        return wanted.move ? movedBehind(replaced, changed, wanted.move.behind) : replaced;
      });
    },

    removeFolder(userId: UserId, folderId: FolderId): Promise<PersonChanges> {
      return changeFolders(userId, (folders) => {
        const folder = requireFolder(folders, folderId);
        return folders.filter((one) => one !== folder);
      });
    },

    /** All of them, if they changed after this revision of the person. */
    async foldersSince(tx: Tx, userId: UserId, since: number): Promise<Folder[] | null> {
      const stored = await repository.find(tx, userId);
      if (since > 0 && (stored?.revision ?? 0) <= since) return null;
      return [...open(userId, stored)];
    },

    /** Under the lock of the person's row. Their devices take a chat that is gone out of its folders by themselves. */
    async membershipEnded(tx: Tx, { userId, chatId }: { userId: UserId; chatId: ChatId }): Promise<void> {
      const stored = await repository.find(tx, userId);
      const folders = open(userId, stored);
      if (!stored || !folders.some(({ chatIds }) => chatIds.includes(chatId))) return;
      const left = folders.map((folder) => ({ ...folder, chatIds: folder.chatIds.filter((id) => id !== chatId) }));
      await save(tx, userId, { revision: stored.revision, folders: left });
    },
  };
}

function requireFolder(folders: Folders, folderId: FolderId): Folder {
  const folder = folders.find((one) => one.id === folderId);
  if (!folder) throw new AppError('folder-not-found');
  return folder;
}

function movedBehind(folders: Folders, moved: Folder, behind: FolderId | null): Folders {
  const others = folders.filter((one) => one !== moved);
  const at = others.findIndex((one) => one.id === behind) + 1;
  return others.toSpliced(at, 0, moved);
}
