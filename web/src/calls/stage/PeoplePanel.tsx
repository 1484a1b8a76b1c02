import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { PersonAvatar } from '../../users/PersonAvatar.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { RingStates } from '../ring/RingStates.tsx';
import type { Participant } from '../transport/media.transport.ts';
import { useActive, useCalls } from '../useCalls.ts';
import { raisedHands } from './hands.ts';
import { NotInCall } from './NotInCall.tsx';
import styles from './PeoplePanel.module.css';
import { PersonMenu } from './PersonMenu.tsx';
import { HandSign, Signs } from './TileSigns.tsx';
import { useReturnedFocus } from './useReturnedFocus.ts';
import { useParticipant, useStage } from './useStage.ts';

/** Who is in the call: those with their hand up first, as they raised it, then all others by when they came. */
export function PeoplePanel(): ReactNode {
  const { t } = useTranslation('stage');
  const stage = useStage();
  const { chats } = useCalls();
  const panel = useRef<HTMLElement>(null);
  const identities = useActive(
    useShallow(({ people }) => {
      const up = raisedHands(people);
      return [...up, ...people.filter((one) => one.hand === null)].map((one) => one.identity);
    }),
  );
  const chatId = useActive((call) => call.chatId);
  const isOfGroup = useStore(chats.store, ({ list }) => list.chats.get(chatId)?.summary.chat.kind === 'group');
  useReturnedFocus(panel, 'h3');
  return (
    <aside ref={panel} className={styles['panel']} aria-label={t('people')}>
      <div className={styles['head']}>
        <h3 className={styles['title']} tabIndex={-1}>
          {t('peopleCount', { count: identities.length })}
        </h3>
        <IconButton size="s" label={t('closePeople')} hasTooltip={false} onClick={() => stage.openPeople(false)}>
          <X />
        </IconButton>
      </div>
      <ul className={styles['list']}>
        {identities.map((identity) => (
          <Row key={identity} identity={identity} />
        ))}
      </ul>
      <div className={styles['asked']}>{isOfGroup ? <NotInCall /> : <RingStates otherwise={null} />}</div>
    </aside>
  );
}

function Row({ identity }: { readonly identity: string }): ReactNode {
  const participant = useParticipant(identity);
  if (!participant) return null;
  return (
    <li className={styles['row']} data-speaking={participant.isSpeaking}>
      <Portrait participant={participant} />
      <span className={styles['words']}>
        <Name participant={participant} />
        <Role participant={participant} />
      </span>
      <span className={styles['signs']}>
        <HandSign participant={participant} />
        <Signs participant={participant} />
      </span>
      <PersonMenu participant={participant} />
    </li>
  );
}

interface OfParticipant {
  readonly participant: Participant;
}

function Portrait({ participant: { userId, name } }: OfParticipant): ReactNode {
  const { people } = useCalls().chats;
  const avatarId = useStore(people.store, (known) => known.get(userId)?.avatarId);
  return (
    <span className={styles['portrait']}>
      <PersonAvatar user={{ id: userId, displayName: name, avatarId }} size={36} />
    </span>
  );
}

function Name({ participant: { name, isMe } }: OfParticipant): ReactNode {
  const { t } = useTranslation('calls');
  return (
    <span className={styles['name']}>
      <bdi>{isMe ? t('nameAndYou', { name }) : name}</bdi>
    </span>
  );
}

/** Said of those who may do more than others here, as far as this device knows. */
function Role({ participant: { userId } }: OfParticipant): ReactNode {
  const { t } = useTranslation('chats');
  const { chats } = useCalls();
  const chatId = useActive((call) => call.chatId);
  const role = useStore(chats.store, ({ members }) => members.get(chatId)?.members.get(userId)?.role);
  if (role !== 'owner' && role !== 'admin') return null;
  return <span className={styles['role']}>{t(`role_${role}`)}</span>;
}
