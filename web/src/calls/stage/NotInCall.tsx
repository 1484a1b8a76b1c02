import type { UserId } from '@dialog/shared/contract/values';
import { type ReactNode, useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { presentMembers } from '../../chats/members.store.ts';
import { useChats } from '../../chats/useChats.ts';
import { useFoundMembers } from '../../chats/useFoundMembers.ts';
import { TextField } from '../../ui/TextField.tsx';
import type { Asked } from '../ring/rings.state.ts';
import { RungPerson } from '../ring/RungPerson.tsx';
import { useRings } from '../ring/useRings.ts';
import { useActive, useCalls } from '../useCalls.ts';
import { notInCall } from './notInCall.ts';
import styles from './PeoplePanel.module.css';

/** Who of the group is not in its call, how their rings stand, and a way to ring each. */
export function NotInCall(): ReactNode {
  const { t } = useTranslation(['stage', 'chats', 'ring']);
  const [name, setName] = useState('');
  const heading = useId();
  const { shown, isSearched, hasOthers, isFound, askedOf, isPossible } = useNotInCall(name);
  if (shown.length === 0 && !isSearched) return null;
  return (
    <section className={styles['outside']} aria-labelledby={heading}>
      <h4 id={heading} className={styles['heading']}>
        {t('notInCall')}
      </h4>
      {!isPossible && <p className={styles['note']}>{t('ring:impossible')}</p>}
      {isSearched && (
        <TextField
          label={t('chats:findMember')}
          isLabelHidden
          placeholder={t('chats:findMember')}
          value={name}
          onChange={setName}
        />
      )}
      {isFound && shown.length === 0 && <p className={styles['note']}>{t('notInCallNobody')}</p>}
      <ul className={styles['outsiders']}>
        {shown.map((userId) => (
          <RungPerson key={userId} userId={userId} asked={askedOf(userId)} size={32} />
        ))}
      </ul>
      {hasOthers && !isFound && <p className={styles['note']}>{t('notInCallMore')}</p>}
    </section>
  );
}

function useNotInCall(name: string) {
  const chatId = useActive((call) => call.chatId);
  const callId = useActive((call) => call.callId);
  const inside = useActive(useShallow(({ people }) => people.map(({ userId }) => userId)));
  const { members, hasMore } = useMembers();
  const outgoing = useRings((state) => state.outgoing.get(callId));
  // Whoever answered and left is asked no more.
  const asked = outgoing?.asked.filter(({ state }) => state !== 'answered') ?? [];
  const found = useFoundMembers(chatId, name);
  return {
    ...notInCall({
      ...{ known: members, hasMore, inside: new Set(inside) },
      found: found?.map(({ user }) => user.id),
      asked: asked.map(({ userId }) => userId),
    }),
    isFound: found !== undefined,
    isPossible: outgoing?.isPossible !== false,
    askedOf: (userId: UserId): Asked | undefined => asked.find((one) => one.userId === userId),
  };
}

/** A page of them at first; whoever came into the call by its ring has never opened the chat. */
function useMembers(): { readonly members: readonly UserId[]; readonly hasMore: boolean } {
  const { i18n } = useTranslation();
  const chatId = useActive((call) => call.chatId);
  const { store } = useCalls().chats;
  const { actions } = useChats();
  const known = useStore(store, ({ members }) => members.get(chatId));
  const isKnown = known !== undefined;
  useEffect(() => {
    if (!isKnown) void actions.loadMembers(chatId, undefined).catch(() => undefined);
  }, [actions, chatId, isKnown]);
  return useMemo(() => {
    const present = known ? presentMembers(known, new Intl.Collator(i18n.language).compare) : [];
    return { members: present.map(({ user }) => user.id), hasMore: known?.hasMore ?? false };
  }, [known, i18n.language]);
}
