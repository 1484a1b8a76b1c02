import type { UserId } from '@dialog/shared/contract/values';
import type { SystemNote } from '@dialog/shared/messages';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { lifetimeText } from './lifetimes.ts';
import { useChats } from './useChats.ts';
import { spanText } from './useSpan.ts';

/** Named one by one up to here, then counted. */
const NAMED_MAX = 3;

interface Noted {
  readonly isGroup: boolean;
  readonly senderId: UserId;
  readonly note: SystemNote;
}

/** What the chat says of itself, in the reader's language. */
export function useNoteText({ isGroup, senderId, note }: Noted): string {
  const { t, i18n } = useTranslation('chats');
  const { me, people } = useChats().sync;
  const mentioned = peopleIn(note);
  const named = [senderId, ...mentioned].slice(0, NAMED_MAX + 2);
  const names = useStore(
    people.store,
    useShallow((known) => named.map((userId) => known.get(userId)?.displayName)),
  );
  useEffect(() => {
    for (const userId of named) people.want(userId);
    // oxlint-disable-next-line react/exhaustive-deps -- the ids are the note's, which does not change
  }, [people, note]);

  const objects = names
    .slice(1)
    .map((name, index) => (mentioned[index] === me ? t('youObject') : (name ?? t('formerMember'))));
  const shown = objects.slice(0, NAMED_MAX);
  if (mentioned.length > shown.length) shown.push(t('othersCount', { count: mentioned.length - shown.length }));
  const everyone = new Intl.ListFormat(i18n.language).format(shown);
  return sentence(note, {
    t,
    isMine: senderId === me,
    name: names[0] ?? t('formerMember'),
    people: everyone,
    isGroup,
    language: i18n.language,
  });
}

interface Parts {
  readonly t: ReturnType<typeof useTranslation<'chats'>>['t'];
  readonly isMine: boolean;
  readonly name: string;
  readonly people: string;
  readonly isGroup: boolean;
  readonly language: string;
}

type Says = {
  readonly [What in SystemNote['what']]: (note: SystemNote & { readonly what: What }, parts: Parts) => string;
};

const SAYS: Says = {
  groupCreated: ({ title }, { t, isMine, name }) => t(isMine ? 'noteCreatedYou' : 'noteCreated', { name, title }),
  groupRenamed: ({ title }, { t, isMine, name }) => t(isMine ? 'noteRenamedYou' : 'noteRenamed', { name, title }),
  descriptionChanged: ({ isEmpty }, { t, isMine, name }) =>
    isEmpty
      ? t(isMine ? 'noteUndescribedYou' : 'noteUndescribed', { name })
      : t(isMine ? 'noteDescribedYou' : 'noteDescribed', { name }),
  pictureChanged: ({ isRemoved }, { t, isMine, name }) =>
    isRemoved
      ? t(isMine ? 'notePictureRemovedYou' : 'notePictureRemoved', { name })
      : t(isMine ? 'notePictureYou' : 'notePicture', { name }),
  announcementOnlyChanged: ({ isOn }, { t, isMine, name }) =>
    isOn
      ? t(isMine ? 'noteAnnouncementsOnYou' : 'noteAnnouncementsOn', { name })
      : t(isMine ? 'noteAnnouncementsOffYou' : 'noteAnnouncementsOff', { name }),
  slowModeChanged: ({ seconds }, { t, isMine, name, language }) =>
    seconds === 0
      ? t(isMine ? 'noteSlowModeOffYou' : 'noteSlowModeOff', { name })
      : t(isMine ? 'noteSlowModeOnYou' : 'noteSlowModeOn', { name, span: spanText(seconds, language) }),
  membersAdded: (_, { t, isMine, name, people }) => t(isMine ? 'noteAddedYou' : 'noteAdded', { name, people }),
  memberRemoved: (_, { t, isMine, name, people }) =>
    t(isMine ? 'noteRemovedYou' : 'noteRemoved', { name, person: people }),
  memberJoined: (_, { t, isMine, name }) => t(isMine ? 'noteJoinedYou' : 'noteJoined', { name }),
  memberBanned: (_, { t, isMine, name, people }) =>
    t(isMine ? 'noteBannedYou' : 'noteBanned', { name, person: people }),
  memberLeft: (_, { t, isMine, name }) => t(isMine ? 'noteLeftYou' : 'noteLeft', { name }),
  roleChanged: ({ role }, { t, people }) => t(`noteRole_${role}`, { person: people }),
  messagePinned: (_, { t, isMine, name }) => t(isMine ? 'notePinnedYou' : 'notePinned', { name }),
  historyCleared: (_, { t, isMine, name }) => t(isMine ? 'noteClearedYou' : 'noteCleared', { name }),
  lifetimeChanged({ seconds }, { t, isMine, name, language }) {
    if (seconds === null) return t(isMine ? 'noteLifetimeOffYou' : 'noteLifetimeOff', { name });
    return t(isMine ? 'noteLifetimeYou' : 'noteLifetime', { name, time: lifetimeText(seconds, language) });
  },
  callStarted: (_, { t, isMine, name }) => t(isMine ? 'noteCallStartedYou' : 'noteCallStarted', { name }),
  callEnded({ durationMs, outcome }, { t, isMine, name, isGroup, language }) {
    if (outcome === undefined || outcome === 'finished')
      return t('noteCallEnded', { duration: duration(durationMs, language) });
    // Among many each has a reason of their own.
    if (isGroup) return t(isMine ? 'noteCallAloneYou' : 'noteCallAlone', { name });
    if (outcome === 'declined') return t(isMine ? 'noteCallDeclinedYou' : 'noteCallDeclined', { name });
    if (!isMine) return t('noteCallMissed', { name });
    return t(outcome === 'cancelled' ? 'noteCallCancelled' : 'noteCallUnanswered');
  },
};

function sentence<What extends SystemNote['what']>(note: SystemNote & { readonly what: What }, parts: Parts): string {
  return SAYS[note.what](note, parts);
}

function peopleIn(note: SystemNote): readonly UserId[] {
  if (note.what === 'membersAdded') return note.userIds;
  return 'userId' in note ? [note.userId] : [];
}

/** In minutes, as a person would say it; seconds only when there was no whole minute. */
function duration(ms: number, language: string): string {
  const minutes = Math.round(ms / 60_000);
  const [value, unit] = minutes < 1 ? [Math.round(ms / 1_000), 'second'] : [minutes, 'minute'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
